/**
 * The script that runs first in each fresh QuickJS context. It takes away what differs from run to run, keeps the built-ins
 * that it needs, and gives back `(code, values, mostLength) => outcome`: what one call came to, as canonical text.
 *
 *     v [result,[arguments]]         it gave a value; the arguments as they are after the call
 *     e RangeError [arguments]       it threw; for what is no error, that too
 *     e TypeError                    it was given what it does not take. How far it came before says nothing
 *     o                              nothing can be told: a function, an instance of a class, too much text, no memory
 *
 * Keys are sorted, so that the order in which properties were set makes no difference; -0, NaN, undefined, holes and
 * cycles are told apart. The code under test may change every built-in, so none is looked up by its name after it has run.
 */
export const HARNESS_SCRIPT = String.raw`
(() => {
  'use strict';
  for (const name of ['Date', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'performance', 'console',
    'print', 'std', 'os', 'queueMicrotask', 'gc']) delete globalThis[name];
  delete Math.random;

  const { call } = Function.prototype;
  const uncurried = (method) => call.bind(method);
  const { apply } = Reflect;
  const { is, keys: keysOf, getPrototypeOf } = Object;
  const { isArray } = Array;
  const quote = JSON.stringify;
  const textOf = String;
  const hasOwn = uncurried(Object.prototype.hasOwnProperty);
  const isPrototypeOf = uncurried(Object.prototype.isPrototypeOf);
  const sort = uncurried(Array.prototype.sort);
  const indexOf = uncurried(Array.prototype.indexOf);
  const regExpText = uncurried(RegExp.prototype.toString);
  const eachOfMap = uncurried(Map.prototype.forEach);
  const eachOfSet = uncurried(Set.prototype.forEach);
  const { prototype: objects } = Object;
  const { prototype: regExps } = RegExp;
  const { prototype: maps } = Map;
  const { prototype: sets } = Set;
  const errors = [['TypeError', TypeError], ['RangeError', RangeError], ['ReferenceError', ReferenceError],
    ['SyntaxError', SyntaxError], ['EvalError', EvalError], ['URIError', URIError], ['InternalError', InternalError],
    ['AggregateError', AggregateError], ['Error', Error]];
  const opaque = { opaque: true };

  const errorNameOf = (value) => {
    for (let at = 0; at < errors.length; at++) {
      if (isPrototypeOf(errors[at][1].prototype, value)) return errors[at][0];
    }
    return null;
  };

  const canonical = (value, most) => {
    let length = 0;
    const path = [];
    const counted = (text) => {
      length += text.length;
      if (length > most) throw opaque;
      return text;
    };
    const listed = (count, itemAt) => {
      let text = '';
      for (let at = 0; at < count; at++) text += (at === 0 ? '' : counted(',')) + itemAt(at);
      return text;
    };
    const within = (value, write) => {
      path[path.length] = value;
      const text = write();
      path.length--;
      return text;
    };
    const write = (value) => {
      switch (typeof value) {
        case 'undefined': return counted('undefined');
        case 'boolean': return counted(value ? 'true' : 'false');
        case 'number': return counted(is(value, -0) ? '-0' : textOf(value));
        case 'bigint': return counted(textOf(value) + 'n');
        case 'string':
          if (value.length > most) throw opaque;
          return counted(quote(value));
        case 'object': break;
        default: throw opaque;
      }
      if (value === null) return counted('null');
      const depth = indexOf(path, value);
      if (depth !== -1) return counted('^' + textOf(depth));
      const error = errorNameOf(value);
      if (error !== null) return counted(error);
      return within(value, () => {
        if (isArray(value)) {
          if (value.length > most) throw opaque;
          return '[' + listed(value.length, (at) => (hasOwn(value, at) ? write(value[at]) : counted('hole'))) + ']';
        }
        const prototype = getPrototypeOf(value);
        if (prototype === regExps) return counted(regExpText(value));
        const items = [];
        if (prototype === maps) {
          eachOfMap(value, (item, key) => { items[items.length] = key; items[items.length] = item; });
          return 'Map[' + listed(items.length, (at) => write(items[at])) + ']';
        }
        if (prototype === sets) {
          eachOfSet(value, (item) => { items[items.length] = item; });
          return 'Set[' + listed(items.length, (at) => write(items[at])) + ']';
        }
        if (prototype !== objects && prototype !== null) throw opaque;
        const keys = keysOf(value);
        sort(keys);
        return '{' + listed(keys.length, (at) => counted(quote(keys[at]) + ':') + write(value[keys[at]])) + '}';
      });
    };
    return write(value);
  };

  return (code, values, mostLength) => {
    const told = (kind, what) => {
      try {
        return kind + ' ' + canonical(what, mostLength);
      } catch (error) {
        return 'o';
      }
    };
    try {
      const result = apply(code, undefined, values);
      return told('v', [result, values]);
    } catch (error) {
      const name = errorNameOf(error);
      if (name === 'TypeError') return 'e TypeError';
      if (name === 'InternalError') return 'o';
      return name === null ? told('e thrown', [error, values]) : told('e ' + name, values);
    }
  };
})()
`;

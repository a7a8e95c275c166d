/**
 * The kinds of slip that can be planted, each as people and models make it:
 *
 *     operator          a + b      ->  a - b          in a condition also `<` to `<=`, `and` to `or`, `is` to `is not`
 *     bound             i < n      ->  i <= n         in the head of a loop, a range, a slice, a fixed index
 *     argumentOrder     f(a, b)    ->  f(b, a)        two neighbours of the same form
 *     variableInScope   use(a)     ->  use(b)         another local or parameter that is visible there
 *     literal           10         ->  11             also true to false, and one string key for another
 *     negation          if (!ok)   ->  if (ok)        and the other way round
 *     method            s.first()  ->  s.last()       as it is called on `s` elsewhere in the file
 *     missingGuard      if (bad) return; go()  ->  go()
 */
export const FAULT_KINDS = [
  'operator',
  'bound',
  'argumentOrder',
  'variableInScope',
  'literal',
  'negation',
  'method',
  'missingGuard',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

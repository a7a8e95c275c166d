// Stands in for VS Code's native log module, which would have to be compiled: without one, VS Code keeps no log files and
// the output channels of extensions stay empty. Same calls, plain appended files, no rotation.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const OFF = LEVELS.length;

class Logger {
  #path;
  #level = LEVELS.indexOf('info');
  #bare = false;

  constructor(_type, _name, path) {
    this.#path = path;
  }

  #write(level, message) {
    if (level < this.#level || this.#level === OFF) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(this.#path, this.#bare ? message : `${time} [${LEVELS[level]}] ${message}\n`);
    } catch {
      // The folder goes when a test ends; what is said after that is for nobody.
    }
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#bare = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}

async function createLogger(name, path) {
  mkdirSync(dirname(path), { recursive: true });
  return new Logger('rotating', name, path);
}

// One by one: VS Code imports them by name, and Node sees the names of a CommonJS module only so.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;

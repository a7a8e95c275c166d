/** Words that say that behaviour was wrong. */
const WRONG =
  /\b(?:fix(?:e[sd](?![- ](?:width|size|point|length|position|set|number))|ing)?|bugs?|bugfix(?:es)?|hotfix(?:es)?|regressions?|reverts?|reverted|reverting|crash(?:e[sd]|ing)?|incorrect(?:ly)?|wrong(?:ly)?|broken)\b/iu;

/** Scopes and types of conventional commits that are not about behaviour: `fix(docs): ...`, `ci: fix ...`. */
const OTHER_SCOPE =
  /^\W*(?:(?:docs?|tests?|ci|style|build|chore|refactor|perf)(?:\([^)]*\))?!?:|fix\((?:docs?|tests?|ci|lint|style|types?|deps?|build|typos?|examples?|changelog|e2e)\)!?:)/iu;

/** Things that are fixed without any behaviour being wrong. */
const OTHER_OBJECT =
  /\bfix(?:e[sd]|ing)?:? (?:(?:a|an|the|some|more|few|minor|small|remaining|all|flaky|failing|broken|wrong|incorrect|several|various|up) )*(?:typos?|spelling|grammar|wording|lint(?:ing|er)?|format(?:ting)?|prettier|eslint|ruff|mypy|pyright|whitespace|indent(?:ation)?|docs?|documentation|docstrings?|readme|comments?|changelog|links?|tests?|unit tests?|e2e|snapshots?|fixtures?|ci|builds?|workflows?|actions?|pipelines?|deps|dependenc(?:y|ies)|imports?|types?|typing|type (?:errors?|hints?|annotations?)|merge conflicts?|conflicts?|warnings?)\b/iu;

/** Names of branches and issues in the subjects of merges say nothing of what was wrong. */
const MERGE = /^merge (?:branch|remote-tracking branch|tag|commit)\b/iu;

/**
 * Whether a commit's message says that it fixes something that behaved wrongly, by its subject line alone:
 *
 * - it has one of the words fix, bug, bugfix, hotfix, regression, revert, crash, incorrect, wrong, broken, or a form of one;
 * - it is no merge of a branch, and no conventional commit of docs, test, ci, style, build, chore, refactor or perf, by its type or the
 *   scope of its fix;
 * - what it says to fix is no typo, formatting, documentation, test, build, dependency, import, type annotation or merge conflict.
 *
 * A revert counts: what it takes back was not wanted. `fix` for something else than behaviour slips through, and fixes under
 * other words are missed.
 */
export function isFix(message: string): boolean {
  const subject = message.trimStart().split('\n', 1)[0] ?? '';
  return WRONG.test(subject) && !MERGE.test(subject) && !OTHER_SCOPE.test(subject) && !OTHER_OBJECT.test(subject);
}

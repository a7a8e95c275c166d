/** The commands of reviewing, which have tests of their own (byKeyboard, reviewPlaces, syntaxView, writeTest, firstMinutes). */
export const REVIEW_COMMANDS: readonly string[] = [
  'Ask for a second opinion',
  'Complete again from here',
  'Write a test for this',
  'Ignore here, with a reason',
  'Show the syntax here',
  'Audit what is not committed',
  'Go to the next region to look at',
  'Go to the region before',
  'Looked at, or not',
  'Open the walkthrough',
];

/** Whether a text that is being written is enough as far as it is. It may take its time, meanwhile the writing goes on. */
export type IsEnough = (textSoFar: string) => boolean | Promise<boolean>;

/**
 * A listener for `onText` that aborts `stop` when the text is enough. It asks one question at a time: of each piece where the
 * answer comes at once, else of all that is there whenever the one before was answered. So only with answers at once does
 * the text end where it is first enough, and not behind that.
 *
 * @param onFailed told once of a question that fails later; one that fails at once throws where the piece was heard
 */
export function stopWhenEnough(
  isEnough: IsEnough,
  stop: AbortController,
  onFailed: (error: unknown) => void,
): (piece: string) => void {
  let text = '';
  let isAsking = false;
  const ask = (): void => {
    const asked = text;
    const answer = isEnough(asked);
    if (typeof answer === 'boolean') {
      if (answer) stop.abort();
      return;
    }
    isAsking = true;
    const take = (isSo: boolean): void => {
      isAsking = false;
      if (isSo) stop.abort();
      else if (text !== asked) ask();
    };
    answer.then(take).catch(onFailed);
  };
  return (piece) => {
    text += piece;
    if (!isAsking && !stop.signal.aborted) ask();
  };
}

/** Tells how far an audit has come. */
export type OnProgress = (activity: string, done: number, total: number) => void;

/** What an agent gets: plain data, as JSON. */
export type Answer = Readonly<Record<string, unknown>>;

/** Version of Candor, as reports name it. A test holds it to `package.json`. */
export const CANDOR_VERSION = '0.1.0';

declare const CANDOR_SOURCES_DIGEST: string | undefined;

/** Digest of the sources that this was built from: what it makes must not pass for what others make. `unbuilt`: they run as they are. */
export const CANDOR_BUILD = typeof CANDOR_SOURCES_DIGEST === 'undefined' ? 'unbuilt' : CANDOR_SOURCES_DIGEST;

/** Version of Candor, as reports name it. A test holds it to `package.json`. */
export const CANDOR_VERSION = '0.1.0';

/** The version of this action, as its User-Agent names it. A test holds it against package.json. */
export const VERSION = '0.1.0'

export const id = 28;
export const ids = [28];
export const modules = {

/***/ 6607:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ allowance)
/* harmony export */ });
function allowance(size) {
    let left = size;
    let refused = 0;
    return {
        take: () => {
            if (left > 0)
                left--;
            else
                refused++;
            return refused === 0;
        },
        get refused() {
            return refused;
        },
    };
}


/***/ }),

/***/ 7556:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel),
/* harmony export */   P: () => (/* binding */ REQUESTS_AT_ONCE)
/* harmony export */ });
/** Requests, or names looked up, at the same time: as many as Composer's connections to one host. Source: `CurlDownloader.php`. */
const REQUESTS_AT_ONCE = 8;
/**
 * Does work on every item, at most `limit` at a time, and returns the results in the items' order. A failing item fails
 * the whole, after the work under way.
 */
async function inParallel(limit, items, work) {
    const results = new Array(items.length);
    const pending = items.entries();
    const worker = async () => {
        for (const [index, item] of pending)
            results[index] = await work(item);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return results;
}


/***/ }),

/***/ 3064:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** The version of this action, as its User-Agent names it. A test holds it against package.json. */
const VERSION = '0.1.0';


/***/ }),

/***/ 1743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dS: () => (/* binding */ encoded),
/* harmony export */   nV: () => (/* binding */ isTooLongForDns),
/* harmony export */   ys: () => (/* binding */ absolute)
/* harmony export */ });
/**
 * URLs in packages.json that begin with a slash belong to its host, as its URL spells it: under another spelling Composer
 * holds other credentials. Source: `ComposerRepository::canonicalizeUrl`.
 */
function absolute(url, base) {
    return url.startsWith('/') ? `${/^[^:]+:\/\/[^/]*/.exec(base)?.[0] ?? ''}${url}` : url;
}
/** An address with what a server has put into it, fit to be asked for and shown; `$` as Composer writes it. */
function encoded(url) {
    return url.replaceAll('$', '%24').replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, encodeURIComponent);
}
/** Characters. Source of the rule: RFC 1035, 2.3.4, less its two bytes for the ends. */
const LONGEST_NAME = 253;
/**
 * Whether a host name, as `URL.hostname` gives it, has more characters than a name in DNS can have. Parsing a URL sets no
 * limit: the name can be as long as a header or a file of the project.
 */
function isTooLongForDns(hostname) {
    return hostname.length > LONGEST_NAME;
}


/***/ }),

/***/ 9169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ withoutBody),
/* harmony export */   g: () => (/* binding */ failed)
/* harmony export */ });
/** The answer of one request that came to nothing, with the status of its head if one came. */
function failed(url, failure, { proxy, trace }, status) {
    return { kind: 'failed', failure, status, url, leftOrigin: false, proxy, tries: 1, trace };
}
/** The same without the bytes of a good one, once they are read. */
function withoutBody(answer) {
    return answer.kind === 'answered' && answer.status < 300 ? { ...answer, body: Buffer.alloc(0) } : answer;
}


/***/ }),

/***/ 1859:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ FIRST_BYTES),
/* harmony export */   y: () => (/* binding */ notArchive)
/* harmony export */ });
/** As much of an archive as is read: what tells its format lies within. Bytes. */
const FIRST_BYTES = 512;
/** The last format to show names itself here. */
const TAR_NAMED = 263;
const FORMATS = {
    zip: (bytes) => begins(bytes, 'PK\x03\x04') || begins(bytes, 'PK\x05\x06') || begins(bytes, 'PK\x07\x08'),
    gzip: (bytes) => begins(bytes, '\x1f\x8b'),
    bzip2: (bytes) => begins(bytes, 'BZh'),
    xz: (bytes) => begins(bytes, '\xfd7zXZ\x00'),
    '7z': (bytes) => begins(bytes, '7z\xbc\xaf\x27\x1c'),
    rar: (bytes) => begins(bytes, 'Rar!\x1a\x07'),
    tar: (bytes) => bytes.toString('latin1', 257, 262) === 'ustar',
};
/**
 * The formats that Composer can unpack, by the type of a dist. A phar is a program, and a file is anything.
 *
 * Source of the rule: `Factory::createDownloadManager`; PHP's `PharData` for `tar`.
 */
const UNPACKED = new Map([
    ['zip', ['zip']],
    ['tar', ['tar', 'gzip', 'bzip2', 'zip']],
    ['gzip', ['gzip']],
    ['xz', ['xz', 'tar']],
    ['rar', ['rar']],
]);
/** The initials with which every zip begins. */
const ZIP_BEGINS = 'PK';
/** The end of a zip: without it there is no list of what is in it. */
const ZIP_END = 'PK\x05\x06';
/**
 * Tells from the first bytes of a good answer that it is no archive of the type that a dist names; undefined where it is
 * one, or may be one: what is rare, such as a zip behind a program that unpacks it, is left to Composer.
 *
 * @param answer of `Transport.probe`
 */
function notArchive({ body, complete }, type) {
    const formats = UNPACKED.get(type);
    if (formats === undefined)
        return undefined;
    if (body.length === 0)
        return complete ? { type: 'not-archive', looksLike: 'empty' } : undefined;
    // Of the beginning of a beginning nothing can be told.
    if (!complete && body.length < TAR_NAMED)
        return undefined;
    if (formats.includes('zip') && ZIP_BEGINS.startsWith(body.toString('latin1')))
        return undefined;
    if (formats.some((format) => FORMATS[format](body))) {
        const cut = type === 'zip' && complete && !body.includes(ZIP_END);
        return cut ? { type: 'not-archive', looksLike: 'cut' } : undefined;
    }
    if (Object.values(FORMATS).some((matches) => matches(body)))
        return { type: 'not-archive', looksLike: 'other-format' };
    return isText(body) ? { type: 'not-archive', looksLike: textKind(body) } : undefined;
}
function begins(bytes, magic) {
    return bytes.toString('latin1', 0, magic.length) === magic;
}
function isText(bytes) {
    return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
function textKind(bytes) {
    const text = bytes.toString().trimStart();
    if (text.startsWith('<'))
        return 'html';
    return text.startsWith('{') || text.startsWith('[') ? 'json' : 'text';
}


/***/ }),

/***/ 5049:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ox: () => (/* binding */ socketFailure),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   e6: () => (/* binding */ RequestFailure)
/* harmony export */ });
/** Thrown inside server/, and turned into a `Failure` at its border. */
class RequestFailure extends Error {
    name = 'RequestFailure';
    failure;
    constructor(failure) {
        super(failure.type);
        this.failure = failure;
    }
}
/** Whether a second try can end differently. */
function isTransient(failure) {
    switch (failure.type) {
        case 'dns':
        case 'refused':
        case 'reset':
        case 'closed':
        case 'network':
        case 'connect-timeout':
        case 'timeout':
        case 'proxy-unreachable':
        case 'truncated':
            return true;
        case 'proxy-refused':
            return failure.status >= 500;
        default:
            return false;
    }
}
/** The failure that a system error of a socket stands for. */
function socketFailure(error, host) {
    if (error instanceof RequestFailure)
        return error.failure;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    switch (code) {
        case 'ENOTFOUND':
        case 'EAI_AGAIN':
        case 'EAI_FAIL':
        case 'EAI_NODATA':
        case 'EAI_NONAME':
            return { type: 'dns', host, unknown: code === 'ENOTFOUND' || code === 'EAI_NONAME' || code === 'EAI_NODATA' };
        case 'ECONNREFUSED':
            return { type: 'refused', code };
        case 'ECONNRESET':
        case 'EPIPE':
        case 'ECONNABORTED':
            return { type: 'reset', code };
        case 'HPE_HEADER_OVERFLOW':
            return { type: 'malformed', problem: 'long-head' };
        default:
            // The codes of Node's parser for HTTP.
            return code?.startsWith('HPE_') ? { type: 'malformed', problem: 'not-http' } : { type: 'network', code };
    }
}


/***/ }),

/***/ 414:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ redirectTarget),
/* harmony export */   N6: () => (/* binding */ isRedirect),
/* harmony export */   PR: () => (/* binding */ isOneHost),
/* harmony export */   xT: () => (/* binding */ MAXIMUM_REDIRECTS)
/* harmony export */ });
/* harmony import */ var _composer_origin_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7322);
/* harmony import */ var _composer_shown_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4883);
/* harmony import */ var _addresses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1743);



/** Composer follows as many. Source: `CurlDownloader.php`, `maxRedirects`. */
const MAXIMUM_REDIRECTS = 20;
/** Composer takes every status from 300 to 399 but 304 for a redirect. Source: `CurlDownloader.php`, `tick`. */
function isRedirect(status) {
    return status >= 300 && status <= 399 && status !== 304;
}
function redirectTarget(location, { url: from, origin }, status) {
    if (location === undefined || location === '')
        return { type: 'redirect-without-location', status };
    const led = { status, target: (0,_composer_shown_url_js__WEBPACK_IMPORTED_MODULE_0__/* .shownUrl */ .z)(location) };
    if (!URL.canParse(location, from))
        return { type: 'redirect-unusable', ...led };
    const target = new URL(location, from);
    const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
    if (!isWeb || (0,_addresses_js__WEBPACK_IMPORTED_MODULE_1__/* .isTooLongForDns */ .nV)(target.hostname))
        return { type: 'redirect-unusable', ...led };
    if (new URL(from).protocol === 'https:' && target.protocol === 'http:')
        return { type: 'redirect-downgrade', ...led };
    // Credentials in a Location are the server's, not the user's: Composer would take them over, this action does not.
    target.username = '';
    target.password = '';
    return { url: target.href, origin: redirectOrigin(location, target, origin) };
}
/**
 * Read from the header as it stands, as Composer reads it: `https://repo.magento.com:443/` is another origin than
 * `https://repo.magento.com/`, which `URL` no longer tells apart. Source: `CurlDownloader::handleRedirect`.
 */
function redirectOrigin(location, target, from) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(location))
        return (0,_composer_origin_js__WEBPACK_IMPORTED_MODULE_2__/* .originOf */ .yv)(location);
    return location.startsWith('//') ? (0,_composer_origin_js__WEBPACK_IMPORTED_MODULE_2__/* .originOf */ .yv)(`${target.protocol}${location}`) : from;
}
/**
 * Whether the host that Composer reads out of a URL is the one that Node connects to. For
 * `https://other.example\@repo.magento.com/` they are two, and the keys of the one must not go to the other.
 */
function isOneHost({ url, origin }) {
    const { protocol, host } = new URL(url);
    const read = `${protocol}//${origin}`;
    return URL.canParse(read) && new URL(read).host === host;
}


/***/ }),

/***/ 8713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ pauseBefore),
/* harmony export */   P: () => (/* binding */ retryAfter)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5049);

/** Longer is not waited for a server that says when to come back: the job's minutes are the user's. Seconds. */
const LONGEST_RETRY_AFTER = 30;
/** The first pause between two tries; each further one is twice as long, and all are jittered. Milliseconds. */
const FIRST_PAUSE = 250;
/**
 * How long to wait before another try, in milliseconds; undefined when another try cannot change anything.
 *
 * @param tried how often it was tried
 */
function pauseBefore(answer, tried) {
    const jittered = FIRST_PAUSE * 2 ** (tried - 1) * (0.5 + Math.random());
    if (answer.kind === 'failed')
        return (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(answer.failure) ? jittered : undefined;
    if (answer.status !== 408 && answer.status !== 429 && answer.status < 500)
        return undefined;
    const seconds = retryAfter(answer);
    if (seconds === undefined)
        return jittered;
    return seconds <= LONGEST_RETRY_AFTER ? Math.max(jittered, seconds * 1000) : undefined;
}
/** `Retry-After` in seconds from now: a number or a date (RFC 9110, 10.2.3). */
function retryAfter({ headers }) {
    const value = headers['retry-after'];
    if (value === undefined)
        return undefined;
    if (/^\d+$/.test(value.trim()))
        return Number(value);
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}


/***/ }),

/***/ 3697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ openTransport)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/bounds/in-parallel.js
var in_parallel = __webpack_require__(7556);
// EXTERNAL MODULE: ./lib/composer/effective-credentials.js
var effective_credentials = __webpack_require__(9980);
// EXTERNAL MODULE: ./lib/composer/origin.js
var composer_origin = __webpack_require__(7322);
// EXTERNAL MODULE: ./lib/composer/shown-url.js
var shown_url = __webpack_require__(4883);
// EXTERNAL MODULE: ./lib/server/answer.js
var server_answer = __webpack_require__(9169);
// EXTERNAL MODULE: ./lib/server/archive-bytes.js
var archive_bytes = __webpack_require__(1859);
// EXTERNAL MODULE: ./lib/bounds/json-values.js
var json_values = __webpack_require__(210);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./lib/server/failure.js
var server_failure = __webpack_require__(5049);
;// CONCATENATED MODULE: ./lib/server/decode.js


/**
 * What is asked for, as the value of an `Accept-Encoding` header. Not `deflate`, which servers send in two forms; both are
 * undone all the same.
 */
const ACCEPTED_ENCODINGS = 'gzip, br';
/** Source of the rule: curl, `MAX_ENCODE_STACK`. */
const MOST_ENCODINGS = 5;
/** Pieces of this size go back to the system at once; thousands of small ones leave holes in this process's memory. Bytes. */
const PIECE = 512 * 1024;
/** An end that is missing is not missed. */
const UNFINISHED = { chunkSize: PIECE, finishFlush: external_node_zlib_.constants.Z_SYNC_FLUSH };
/**
 * Undoes the encodings that a `Content-Encoding` header names, the last one first, as curl does for Composer: an end that
 * is missing is not missed, since the JSON in it tells; bytes behind the end are refused, a second member of gzip among them.
 *
 * @param limit bytes that no step may exceed
 * @throws RequestFailure `undecodable`, or `too-large` by `onTooLarge`
 */
async function decoded(wire, header, limit, onTooLarge) {
    const encodings = encodingsOf(header);
    let bytes = wire;
    for (const encoding of encodings.toReversed()) {
        // Nothing at all, whatever its encoding is said to be, is an empty body: gateways send refusals like this.
        if (bytes.length === 0)
            break;
        bytes = await undone(bytes, encoding, { limit, onTooLarge }).catch((error) => {
            throw error instanceof server_failure/* RequestFailure */.e6 ? error : undecodable(encoding, 'broken');
        });
    }
    return bytes;
}
function encodingsOf(header = '') {
    const names = header
        .split(',', 1000)
        .map((name) => name.trim().toLowerCase())
        .filter((name) => name !== '' && name !== 'identity' && name !== 'none');
    const encodings = names.map((name) => {
        if (name === 'gzip' || name === 'x-gzip')
            return 'gzip';
        if (name === 'deflate' || name === 'br')
            return name;
        throw undecodable(name.replace(/[^\w.-]/g, '').slice(0, 20), 'unknown');
    });
    if (encodings.length > MOST_ENCODINGS)
        throw undecodable(`${encodings.length} encodings`, 'too-many');
    return encodings;
}
async function undone(bytes, encoding, limit) {
    switch (encoding) {
        case 'br': {
            const options = { chunkSize: PIECE, finishFlush: external_node_zlib_.constants.BROTLI_OPERATION_FLUSH };
            return whole((0,external_node_zlib_.createBrotliDecompress)(options), bytes, encoding, limit);
        }
        // curl reads the header and takes what it finds, whichever of the two names stands there; only what has none is told by its name.
        case 'gzip':
        case 'deflate': {
            if (isZlib(bytes))
                return whole((0,external_node_zlib_.createInflate)(UNFINISHED), bytes, encoding, limit);
            return encoding === 'gzip' ? gunzipped(bytes, limit) : inflatedRaw(bytes, limit);
        }
    }
}
async function whole(stream, bytes, encoding, limit) {
    const { body, used } = await passed(stream, bytes, limit);
    if (used < bytes.length)
        throw undecodable(encoding, 'trailing');
    return body;
}
/** Servers that misread the standard leave the header of zlib out. Up to four bytes behind are the checksum then. */
async function inflatedRaw(bytes, limit) {
    const { body, used } = await passed((0,external_node_zlib_.createInflateRaw)(UNFINISHED), bytes, limit);
    if (bytes.length - used > 4)
        throw undecodable('deflate', 'trailing');
    return body;
}
/** One member of gzip, read here because Node would read on where another one follows. */
async function gunzipped(bytes, limit) {
    const start = gzipHeaderLength(bytes);
    if (start === undefined)
        throw undecodable('gzip', 'broken');
    if (start >= bytes.length)
        return Buffer.alloc(0);
    const { body, used } = await passed((0,external_node_zlib_.createInflateRaw)(UNFINISHED), bytes.subarray(start), limit);
    const trailer = bytes.subarray(start + used);
    if (trailer.length > 8)
        throw undecodable('gzip', 'trailing');
    const matches = trailer.length < 8 || (trailer.readUInt32LE(0) === (0,external_node_zlib_.crc32)(body) && trailer.readUInt32LE(4) === body.length % 2 ** 32);
    if (!matches)
        throw undecodable('gzip', 'broken');
    return body;
}
/**
 * What a stream makes of some bytes. Not by zlib's functions that return a buffer: together with how much was used they
 * return an object that holds all pieces once more, for as long as the body is read.
 */
async function passed(stream, bytes, { limit, onTooLarge }) {
    const pieces = [];
    let size = 0;
    stream.end(bytes);
    for await (const piece of stream) {
        size += piece.length;
        if (size > limit)
            throw onTooLarge();
        pieces.push(piece);
    }
    return { body: Buffer.concat(pieces, size), used: stream.bytesWritten };
}
/** The header of zlib (RFC 1950): deflate, a window that exists, a checksum, no dictionary. */
function isZlib(bytes) {
    const [method = 0, flags = 0] = bytes;
    return bytes.length > 1 && (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}
/** How long the header of gzip is (RFC 1952); as long as all that is there where it has no end, undefined where it is none. */
function gzipHeaderLength(bytes) {
    const expected = [0x1f, 0x8b, 8];
    if (!expected.every((byte, index) => index >= bytes.length || bytes[index] === byte))
        return undefined;
    const flags = bytes[3] ?? 0;
    if (flags > 0x1f)
        return undefined;
    let at = 10;
    if (flags & 4)
        at += 2 + (bytes.length > at + 1 ? bytes.readUInt16LE(at) : 0);
    for (const text of [8, 16]) {
        if ((flags & text) === 0)
            continue;
        const end = bytes.indexOf(0, at);
        at = end === -1 ? bytes.length : end + 1;
    }
    return flags & 2 ? at + 2 : at;
}
function undecodable(encoding, problem) {
    return new server_failure/* RequestFailure */.e6({ type: 'undecodable', encoding, problem });
}

;// CONCATENATED MODULE: ./lib/server/body.js



const MIB = 1024 * 1024;
/**
 * The most that is read of an answer, inflated: ten times the largest real one, an include file of a few megabytes. What
 * is larger is not judged, since Composer would go on.
 */
const LARGEST_BODY_MIB = 20;
/** What no repository sends, and nobody waits for the end of. */
const ENDLESS_MIB = 64;
/**
 * The most memory that parsing an answer may take, as counted by `mostValues`. What is made of sixty megabytes of `{}` are
 * gigabytes; a list of 150,000 packages takes three quarters of this.
 */
const LARGEST_PARSED_MIB = 90;
/** The most that parsing may take together with what is kept of earlier answers. */
const LARGEST_TOGETHER_MIB = 95;
/** What a value takes beside its letters where it takes most, as the member of an object of many. Bytes. */
const VALUE = 120;
/** The most that all answers of a run may have together, inflated. A failing project may ask for a thousand files. */
const LARGEST_RUN_MIB = 2048;
/** The most that is kept of an error answer. Bytes. */
const LONGEST_ERROR = 64 * 1024;
/** From this size on one answer at a time is read, so that the memory for eight is not needed at once. Bytes. */
const LARGE = 2 * MIB;
/**
 * Opens a reader that gives an answer's body, decoded by its `Content-Encoding` alone: Composer does not guess either, and
 * refuses a compressed body that does not say so.
 *
 * The reader throws RequestFailure `too-large`, `too-many-values`, `too-much`, `truncated` or `undecodable`.
 */
function bodyReader(kept) {
    const turns = openTurns();
    let total = 0;
    return async (message) => {
        const turn = turns();
        try {
            const body = await bodyOf(message, turn);
            total += body.length;
            if (total > LARGEST_RUN_MIB * MIB)
                throw new server_failure/* RequestFailure */.e6({ type: 'too-much', limitMiB: LARGEST_RUN_MIB });
            return (message.statusCode ?? 0) >= 300 ? wordsOf(body) : parsable(body, kept.total);
        }
        catch (error) {
            message.destroy();
            throw error;
        }
        finally {
            // After whoever waits for this answer has read it, which takes most of the memory.
            setImmediate(turn.end);
        }
    };
}
async function bodyOf(message, turn) {
    const encoding = message.headers['content-encoding'];
    const wire = await received(message, turn);
    if (encoding !== undefined && wire.length > 0)
        await turn.come();
    return decoded(wire, encoding, LARGEST_BODY_MIB * MIB, unread);
}
/** What an error answer says to people is short; what is not is none, and is not parsed. */
function wordsOf(body) {
    return body.length > LONGEST_ERROR ? Buffer.alloc(0) : body;
}
/** A body that can be parsed within the memory that is left. */
function parsable(body, kept) {
    const limit = mostValues(body, Math.min(LARGEST_PARSED_MIB * MIB, LARGEST_TOGETHER_MIB * MIB - kept));
    if ((0,json_values/* hasMoreValues */.wn)(body, limit))
        throw new server_failure/* RequestFailure */.e6({ type: 'too-many-values', limit });
    return body;
}
/** Whoever makes an archive only when it is asked for takes longer, and nothing is known of it then. Milliseconds. */
const WAIT_FOR_FIRST = 2000;
/**
 * The first bytes of an answer's body, decoded, and whether they are all of it; no more than what comes soon. The rest is
 * not read.
 *
 * @throws RequestFailure `truncated` or `undecodable`
 */
async function firstBytes(message, most) {
    const chunks = [];
    let size = 0;
    let isLate = false;
    const timer = setTimeout(() => {
        isLate = true;
        message.destroy();
    }, WAIT_FOR_FIRST);
    try {
        for await (const chunk of message) {
            chunks.push(chunk);
            size += chunk.length;
            if (size >= most)
                break;
        }
    }
    catch (error) {
        if (!isLate)
            throw error instanceof server_failure/* RequestFailure */.e6 ? error : new server_failure/* RequestFailure */.e6({ type: 'truncated' });
    }
    finally {
        clearTimeout(timer);
        message.destroy();
    }
    const start = Buffer.concat(chunks, size).subarray(0, most);
    // What is cut off is decoded as far as it goes; of a bomb no more is made than of any answer.
    const body = await decoded(start, message.headers['content-encoding'], LARGEST_BODY_MIB * MIB, unread);
    return { body: body.subarray(0, most), complete: !isLate && size < most && body.length <= most };
}
async function received(message, turn) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of message) {
            size += chunk.length;
            if (size > ENDLESS_MIB * MIB)
                throw new server_failure/* RequestFailure */.e6({ type: 'too-large', limitMiB: ENDLESS_MIB });
            if (size > LARGE)
                await turn.come();
            if (size <= LARGEST_BODY_MIB * MIB)
                chunks.push(chunk);
            else
                chunks.length = 0;
        }
    }
    catch (error) {
        throw error instanceof server_failure/* RequestFailure */.e6 ? error : new server_failure/* RequestFailure */.e6({ type: 'truncated' });
    }
    if (size > LARGEST_BODY_MIB * MIB)
        throw unread();
    return Buffer.concat(chunks, size);
}
function unread() {
    return new server_failure/* RequestFailure */.e6({ type: 'too-much', limitMiB: LARGEST_BODY_MIB });
}
/** How many values may be in a body beside its own bytes, their text, and the texts that are parsed from it. */
function mostValues(body, memory) {
    const perLetter = body.some((byte) => byte >= FIRST_WIDE) ? 2 : 1;
    return Math.max(0, Math.floor((memory - body.length * (1 + 2 * perLetter)) / VALUE));
}
/** From this byte on UTF-8 spells what does not fit into one byte of a text in memory. */
const FIRST_WIDE = 0xc4;
/** Lets one at a time through. Each ends its turn within its own limit of time, so that all come to theirs. */
function openTurns() {
    let last = Promise.resolve();
    return () => {
        let mine;
        let release = () => { };
        return {
            come: () => {
                if (mine === undefined) {
                    mine = last;
                    last = new Promise((resolve) => {
                        release = resolve;
                    });
                }
                return mine;
            },
            end: () => {
                // One that ends before its turn came passes it on when it comes.
                void mine?.then(release);
            },
        };
    };
}

;// CONCATENATED MODULE: ./lib/server/headers.js

/** What a request carries: the credentials at once, as Composer sends them, and a proxy's where it is asked in plain http. */
function headersFor(url, sent, proxy, userAgent) {
    const viaProxy = url.protocol === 'http:' && proxy?.authorization !== undefined;
    return {
        host: url.host,
        accept: '*/*',
        'accept-encoding': ACCEPTED_ENCODINGS,
        'user-agent': userAgent,
        connection: 'close',
        ...(sent === undefined ? {} : credentialHeaders(sent)),
        ...(viaProxy ? { 'proxy-authorization': proxy.authorization } : {}),
    };
}
function methodOf(posted) {
    return posted === undefined ? 'GET' : 'POST';
}
/** What a request says of what it brings along. */
function headersOf(posted) {
    if (posted === undefined)
        return {};
    return { 'content-type': posted.contentType, 'content-length': Buffer.byteLength(posted.text) };
}
/** An http proxy is given the whole URL; everybody else the path. */
function pathFor(url, proxy) {
    const path = `${url.pathname}${url.search}`;
    return url.protocol === 'http:' && proxy !== undefined ? `http://${url.host}${path}` : path;
}
function credentialHeaders(sent) {
    if (sent.headers === undefined)
        return { authorization: authorization(sent) };
    const own = {};
    for (const header of sent.headers) {
        const colon = header.indexOf(':');
        const name = header.slice(0, colon).toLowerCase();
        own[name] = [...(own[name] ?? []), header.slice(colon + 1).trim()];
    }
    return own;
}
/** Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`. */
function authorization({ username, password }) {
    if (password === 'bearer')
        return `Bearer ${username}`;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

// EXTERNAL MODULE: ./lib/server/redirects.js
var server_redirects = __webpack_require__(414);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
var external_node_http_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_http_, 2);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
var external_node_https_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_https_, 2);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
var external_node_tls_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_tls_, 2);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
;// CONCATENATED MODULE: ./lib/server/response-head.js


/**
 * The most that the head of an answer may have, and one line of it. Bytes. Source of the rule: curl, `MAX_HTTP_RESP_HEADER_SIZE`
 * and `DYN_H1_TRAILER`; tried with 7.88.
 */
const LARGEST_HEAD = 300 * 1024;
const LONGEST_LINE = 100 * 1024;
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/**
 * A connection on which one answer is read as curl reads it. Node's parser refuses heads that curl takes, and knows two
 * manners only: its strict one, and one that forgives more than curl does and refuses two equal lengths all the same. So the
 * head is read here, by curl's rules, and handed on in the one form about which nobody disagrees. Nothing can be smuggled
 * into it: a connection serves one request and ends with its answer.
 */
function readAsCurlDoes(socket) {
    return new AnswerConnection(socket);
}
class AnswerConnection extends external_node_stream_.Duplex {
    #socket;
    #head = new HeadReader();
    constructor(socket) {
        super({ autoDestroy: true });
        this.#socket = socket;
        socket.on('data', (chunk) => this.#receive(chunk));
        socket.on('end', () => this.push(null));
        socket.on('error', (error) => this.destroy(error));
        socket.on('close', () => this.destroy());
        socket.pause();
    }
    #receive(chunk) {
        try {
            const bytes = this.#head.read(chunk);
            if (bytes.length > 0 && !this.push(bytes))
                this.#socket.pause();
        }
        catch (error) {
            this.destroy(error instanceof Error ? error : new Error('unreadable'));
        }
    }
    _read() {
        this.#socket.resume();
    }
    _write(chunk, encoding, done) {
        this.#socket.write(chunk, encoding, done);
    }
    _final(done) {
        this.#socket.end(done);
    }
    _destroy(error, done) {
        this.#socket.destroy();
        done(error);
    }
    /** What Node's http asks of a connection beside what a stream has. */
    setTimeout(milliseconds, onTimeout) {
        this.#socket.setTimeout(milliseconds, onTimeout);
        return this;
    }
}
/** Holds an answer's head back until it is complete, and lets everything behind it pass. */
class HeadReader {
    #lines = [];
    #partial = '';
    #size = 0;
    #done = false;
    /** What may go on to the parser. @throws RequestFailure `malformed` */
    read(chunk) {
        const ready = [];
        let at = 0;
        while (!this.#done && at < chunk.length) {
            const end = chunk.indexOf('\n', at);
            const next = end === -1 ? chunk.length : end + 1;
            this.#size += next - at;
            // One byte is one character: a head has no encoding.
            this.#partial += chunk.toString('latin1', at, next);
            at = next;
            if (this.#lines.length === 0 && !'HTTP/'.startsWith(this.#partial.slice(0, 5)))
                throw malformed('not-http');
            if (this.#size > LARGEST_HEAD || this.#partial.length > LONGEST_LINE)
                throw malformed('long-head');
            if (end === -1)
                break;
            const line = this.#partial.replace(/\r?\n$/, '');
            this.#partial = '';
            if (line !== '')
                this.#lines.push(line);
            else
                ready.push(this.#complete());
        }
        return Buffer.concat([...ready, chunk.subarray(at)]);
    }
    #complete() {
        const [first = '', ...lines] = this.#lines;
        this.#lines = [];
        const { status, head } = plainHead(first, lines);
        // An interim answer (RFC 9110, 15.2) is followed by the head of the real one.
        this.#done = status >= 200;
        return Buffer.from(head, 'latin1');
    }
}
/** A head in the form of RFC 9112, with what curl makes of the lines that are not. */
function plainHead(first, lines) {
    // Servers are seen that say HTTP/2 in HTTP/1's form; curl believes them.
    const [, spelled = '', reason = ''] = /^HTTP\/(?:1\.[01]|[23]) (\d{3})(?: (.*))?$/.exec(first) ?? [];
    if (spelled === '')
        throw malformed('not-http');
    // A change of the protocol that nobody asked for: curl reads on as if it were the answer, and Composer takes it.
    const status = spelled === '101' ? 200 : Number(spelled);
    const fields = lines.flatMap(fieldIn);
    // First, because a parser keeps only so many.
    const [needed, others] = [fields.filter(isNeeded), fields.filter((field) => !isNeeded(field) && !isFraming(field))];
    const written = [...framingOf(fields), ...needed, ...others].map(({ name, value }) => `${name}: ${value}`);
    return { status, head: `${[`HTTP/1.1 ${status} ${printable(reason)}`, ...written].join('\r\n')}\r\n\r\n` };
}
/** The field in a line; none in what curl passes over. @throws RequestFailure `malformed` */
function fieldIn(line) {
    // A line that goes on with the one before it is none to curl.
    if (/^[ \t]/.test(line))
        return [];
    const colon = line.indexOf(':');
    if (colon === -1 || line.includes('\0'))
        throw malformed('header');
    const name = line.slice(0, colon);
    return TOKEN.test(name) ? [{ name: name.toLowerCase(), value: printable(line.slice(colon + 1)).trim() }] : [];
}
function isNeeded({ name }) {
    return name === 'content-encoding' || name === 'location';
}
function isFraming({ name }) {
    return name === 'content-length' || name === 'transfer-encoding';
}
/** What tells where the body ends, in one field; none where the connection's end does. @throws RequestFailure `malformed` */
function framingOf(fields) {
    const valuesOf = (wanted) => fields.filter(({ name }) => name === wanted).map(({ value }) => value);
    // Of several the last counts, of each the number that it begins with.
    const length = valuesOf('content-length').map(lengthIn).at(-1);
    if (valuesOf('transfer-encoding').some((value) => /(?:^|[\s,])chunked\s*$/i.test(value)))
        return [{ name: 'transfer-encoding', value: 'chunked' }];
    return length === undefined ? [] : [{ name: 'content-length', value: length }];
}
function lengthIn(value) {
    const length = /^\+?(\d{1,18})(?!\d)/.exec(value)?.[1];
    if (length === undefined)
        throw malformed('header');
    return length;
}
function printable(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    return text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ');
}
function malformed(problem) {
    return new server_failure/* RequestFailure */.e6({ type: 'malformed', problem });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/server/system-store.js


/** Composer never looks into the certificate stores of Windows and macOS, which browsers trust. Source: `CaBundle.php`. */
const UNREAD_BY_COMPOSER = process.platform === 'win32' || process.platform === 'darwin';
/** Chains have two to four certificates; what is longer is not followed. */
const LONGEST_CHAIN = 10;
/** What OpenSSL says where it does not know the authority: only then does it matter who else knows it. */
const UNKNOWN_AUTHORITY = new Set([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
/** Whether a code of OpenSSL says that it does not know the authority of a certificate. */
function isUnknownAuthority(code) {
    return code !== undefined && UNKNOWN_AUTHORITY.has(code);
}
/** The last certificate of the chain that the other side showed, in DER; undefined where it showed none. */
function topOfChain(socket) {
    let top = socket.getPeerCertificate(true);
    for (let length = 1; length < LONGEST_CHAIN; length++) {
        const above = top.issuerCertificate;
        if (above === undefined || above === top)
            break;
        top = above;
    }
    return top.raw;
}
/**
 * Whether the one thing wrong with a chain is that Composer does not know its authority, and the system does: it is in the
 * system's store, which Composer does not read here. False where Composer reads what the system has, as on Linux. Node knows
 * the store since 22.15.
 *
 * @param code what OpenSSL said of the chain
 * @param top its last certificate
 */
function isInUnreadStore(code, top) {
    if (!UNREAD_BY_COMPOSER || !isUnknownAuthority(code) || top === undefined || !("getCACertificates" in external_node_tls_namespaceObject))
        return false;
    const certificate = parsed(top);
    if (certificate === undefined)
        return false;
    return external_node_tls_.getCACertificates('system').some((pem) => {
        const authority = parsed(pem);
        // Names alone do not tell: an authority that was renewed has the name of the old one.
        return authority !== undefined && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
    });
}
function parsed(certificate) {
    try {
        return new external_node_crypto_.X509Certificate(certificate);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/server/tunnel.js

/** curl refuses longer lines in this answer. Bytes. Source of the rule: curl, `DYN_PROXY_CONNECT_HEADERS`. */
const tunnel_LONGEST_LINE = 16 * 1024;
/**
 * Asks a proxy for a tunnel, and gives the status that it answers; what it sends behind its head stays in the socket.
 *
 * Of the head curl reads the first line and looks for the empty one, whatever stands in between, where Node's parser would refuse
 * what Composer gets through. To curl an interim answer is a refusal here.
 *
 * @param target host and port
 * @param authorization the value of the `Proxy-Authorization` header
 * @throws what went wrong with the socket, the signal's reason, or an error without a code where the answer cannot be read
 */
function askForTunnel(socket, target, authorization, signal) {
    const head = new ConnectHead();
    let stopListening = () => { };
    const answer = new Promise((resolve, reject) => {
        const onData = (chunk) => {
            const read = head.read(chunk);
            if (read === undefined)
                return;
            stopListening();
            socket.pause();
            if (read.rest.length > 0)
                socket.unshift(read.rest);
            if (read.status === undefined)
                reject(new Error('unreadable'));
            else
                resolve(read.status);
        };
        const onEnd = () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
        const onAbort = () => reject(signal.reason);
        stopListening = () => {
            signal.removeEventListener('abort', onAbort);
            socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', reject);
        };
        signal.addEventListener('abort', onAbort);
        socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', reject);
        if (signal.aborted)
            onAbort();
    });
    const proxyAuthorization = authorization === undefined ? [] : [`Proxy-Authorization: ${authorization}`];
    socket.write([`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, ...proxyAuthorization, '\r\n'].join('\r\n'));
    return answer.finally(() => stopListening());
}
/** Reads the head of an answer to CONNECT piece by piece, to its empty line. */
class ConnectHead {
    #first;
    #line = '';
    #size = 0;
    /** Undefined as long as more must come; no status where this is no answer, or one that is too long. */
    read(chunk) {
        for (let at = 0; at < chunk.length;) {
            const end = chunk.indexOf('\n', at);
            const next = end === -1 ? chunk.length : end + 1;
            this.#size += next - at;
            // One byte is one character: a head has no encoding.
            this.#line += chunk.toString('latin1', at, next);
            at = next;
            const rest = chunk.subarray(at);
            if (this.#size > LARGEST_HEAD || this.#line.length > tunnel_LONGEST_LINE)
                return { status: undefined, rest };
            if (end === -1)
                break;
            if (/^\r?\n$/.test(this.#line))
                return { status: statusIn(this.#first), rest };
            this.#first ??= this.#line;
            this.#line = '';
        }
        return undefined;
    }
}
function statusIn(line = '') {
    const status = /^HTTP\/1\.[01] (\d{3})(?!\d)/.exec(line)?.[1];
    return status === undefined ? undefined : Number(status);
}

;// CONCATENATED MODULE: ./lib/server/connection.js









/** After so long the next address of a host is tried. Milliseconds. */
const NEXT_ADDRESS = 250;
/** An agent for one request of HTTP/1.1, which has its connection already. */
function agentOn(socket, url) {
    const agent = url.protocol === 'https:' ? new external_node_https_.Agent() : new external_node_http_.Agent();
    agent.createConnection = () => readAsCurlDoes(socket);
    return agent;
}
/**
 * Opens the connection that a request for `url` is written to. Node's own agents, and the `tunnel` package behind
 * @actions/http-client, do not tell a refusing proxy from a refusing server, ignore `ca` through a proxy, and leave a
 * CONNECT that hangs hanging.
 *
 * @throws RequestFailure
 */
async function openConnection(url, route) {
    // Before the time for the connection runs: a file of thousands of certificates takes seconds, and no server is to blame.
    if (url.protocol === 'https:')
        route.secureContext();
    const timeout = new AbortController();
    const seconds = route.connectTimeout / 1000;
    const timer = setTimeout(() => timeout.abort(new server_failure/* RequestFailure */.e6({ type: 'connect-timeout', seconds })), route.connectTimeout);
    const signal = AbortSignal.any([route.signal, timeout.signal]);
    try {
        const bare = await transportFor(url, route, signal);
        if (url.protocol !== 'https:')
            return bare;
        const { secureContext, nodeTrustsAll, offersHttp2 } = route;
        const protocols = offersHttp2 ? ['h2', 'http/1.1'] : [];
        return await secured(bare, hostOf(url), secureContext(), protocols, signal, (code, { issuer, top }) => ({
            type: 'tls',
            code,
            issuer,
            nodeTrustsAll,
            inUnreadStore: isInUnreadStore(code, top),
        }));
    }
    finally {
        clearTimeout(timer);
    }
}
async function transportFor(url, { proxy, secureContext, trace }, signal) {
    // Over http whoever is at the other end reads along, be it a proxy or what the name `localhost` stands for here.
    const stays = url.protocol === 'http:';
    if (proxy === undefined)
        return connected(hostOf(url), portOf(url), stays, trace, signal, (error) => (0,server_failure/* socketFailure */.Ox)(error, hostOf(url)));
    const tcp = await connected(proxy.host, proxy.port, stays, trace, signal, proxyFailure);
    const toProxy = proxy.protocol === 'https:'
        ? await secured(tcp, proxy.host, secureContext(), [], signal, (code) => ({ type: 'proxy-unreachable', code }))
        : tcp;
    // A plain http request is sent to the proxy as it stands; only https needs a tunnel.
    return url.protocol === 'https:' ? tunnelled(toProxy, url, proxy, signal) : toProxy;
}
/** @param stays whether the connection has to end on this machine */
async function connected(host, port, stays, trace, signal, failureOf) {
    // The options are Node's defaults, which NODE_OPTIONS would change: curl tries every address as well.
    const socket = (0,external_node_net_.connect)({ host, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS });
    // What DNS gives, and what is tried where the host is an address already.
    socket.on('lookup', (_error, address) => {
        if (address)
            trace.resolved(address);
    });
    socket.on('connectionAttempt', (address) => trace.resolved(address));
    socket.once('connect', () => {
        if (socket.remoteAddress !== undefined)
            trace.connected(socket.remoteAddress);
    });
    await ready(socket, 'connect', signal, failureOf);
    if (!stays || (0,composer_origin/* isLoopbackAddress */.Ow)(socket.remoteAddress ?? ''))
        return socket;
    socket.destroy();
    throw new server_failure/* RequestFailure */.e6({ type: 'leaves-machine' });
}
function secured(socket, host, secureContext, protocols, signal, failureOf) {
    const tls = (0,external_node_tls_.connect)({
        socket,
        host,
        secureContext,
        ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
        // Said here, whatever this job has told Node by NODE_TLS_REJECT_UNAUTHORIZED: Composer does not know of it.
        rejectUnauthorized: true,
        checkServerIdentity: external_node_tls_.checkServerIdentity,
        // A literal address has no place in a server name (RFC 6066); the certificate is still compared with `host`.
        ...((0,external_node_net_.isIP)(host) === 0 ? { servername: host } : {}),
    });
    // Read before Node looks whether the certificate is trusted and, where it is not, throws it away.
    let shown = { issuer: undefined, top: undefined };
    tls.prependListener('secure', () => {
        shown = { issuer: issuerOf(tls), top: topOfChain(tls) };
    });
    return ready(tls, 'secureConnect', signal, (error) => {
        const failure = (0,server_failure/* socketFailure */.Ox)(error, host);
        // A peer that hangs up in the middle of the handshake may do otherwise next time; a certificate will not.
        if (failure.type === 'reset')
            return failure;
        return failureOf('code' in failure ? (failure.code ?? 'UNKNOWN') : 'UNKNOWN', shown);
    });
}
/** Who says to have signed the certificate that was shown: the other side's own words. */
function issuerOf(tls) {
    // Without a certificate Node gives an empty object, which its types do not know.
    const { issuer } = tls.getPeerCertificate();
    const name = issuer?.CN ?? issuer?.O;
    return typeof name === 'string' && name !== '' ? name : undefined;
}
/** A way through a proxy to the URL's host. @throws RequestFailure */
async function tunnelled(toProxy, url, proxy, signal) {
    const target = `${url.hostname}:${portOf(url)}`;
    const status = await askForTunnel(toProxy, target, proxy.authorization, signal).catch((error) => {
        toProxy.destroy();
        throw abortReason(signal) ?? new server_failure/* RequestFailure */.e6(proxyFailure(error));
    });
    if (status >= 200 && status < 300)
        return toProxy;
    toProxy.destroy();
    throw new server_failure/* RequestFailure */.e6({ type: 'proxy-refused', status });
}
function ready(socket, event, signal, failureOf) {
    const { promise, resolve, reject } = settleOnce();
    const stopListening = () => {
        signal.removeEventListener('abort', onAbort);
        socket.off('error', onError).off('close', onClose).off(event, onReady);
        // An error that comes before the request has its own listener must not end the process.
        socket.on('error', () => { });
    };
    const onError = (error) => {
        stopListening();
        socket.destroy();
        reject(abortReason(signal) ?? new server_failure/* RequestFailure */.e6(failureOf(error)));
    };
    const onAbort = () => onError(undefined);
    const onClose = () => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const onReady = () => {
        stopListening();
        resolve(socket);
    };
    signal.addEventListener('abort', onAbort);
    socket.on('error', onError).on('close', onClose).on(event, onReady);
    if (signal.aborted)
        onAbort();
    return promise;
}
function settleOnce() {
    let resolve;
    let reject;
    const promise = new Promise((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
    });
    return { promise, resolve, reject };
}
function abortReason(signal) {
    if (!signal.aborted)
        return undefined;
    return signal.reason instanceof Error ? signal.reason : new server_failure/* RequestFailure */.e6({ type: 'network', code: undefined });
}
function proxyFailure(error) {
    const failure = (0,server_failure/* socketFailure */.Ox)(error, '');
    const code = 'code' in failure ? failure.code : undefined;
    return { type: 'proxy-unreachable', code: failure.type === 'dns' ? 'ENOTFOUND' : code };
}
function hostOf(url) {
    return url.hostname.replace(/^\[|\]$/g, '');
}
function portOf(url) {
    const byDefault = url.protocol === 'https:' ? 443 : 80;
    return url.port === '' ? byDefault : Number(url.port);
}

;// CONCATENATED MODULE: ./lib/server/http2-session.js


/**
 * What a server may send before it is read, of one answer and of all at a time. A list of names then comes in as many
 * round trips as over HTTP/1.1; what waits for its turn to be read stays small. Bytes.
 */
const STREAM_WINDOW = 2 * 1024 * 1024;
const SESSION_WINDOW = 8 * 1024 * 1024;
/** Fields of a head; curl bounds their size alone, and no more of the smallest ones fit into that. */
const MOST_FIELDS = LARGEST_HEAD / 32;
/** Headers of a connection, which HTTP/2 has none of, and the one that has another name there (RFC 9113, 8.2.2 and 8.3.1). */
const OF_CONNECTION = ['connection', 'host'];
/** The server has not looked at a request, which may be sent again: on another connection, or over HTTP/1.1 (RFC 9113, 7 and 8.7). */
class Unprocessed extends server_failure/* RequestFailure */.e6 {
    wantsHttp1;
    constructor(wantsHttp1) {
        super({ type: 'reset', code: undefined });
        this.wantsHttp1 = wantsHttp1;
    }
}
/** Begins to speak HTTP/2 on a connection for which that was agreed. */
function openHttp2Session(socket, host) {
    // Loaded by those runs alone that meet such a server.
    const { connect, constants } = process.getBuiltinModule('node:http2');
    const session = connect(`https://${host}`, {
        createConnection: () => socket,
        settings: { enablePush: false, initialWindowSize: STREAM_WINDOW, maxHeaderListSize: LARGEST_HEAD },
        maxHeaderListPairs: MOST_FIELDS,
    });
    session.once('connect', () => session.setLocalWindowSize(SESSION_WINDOW));
    // Every request learns of it by itself.
    session.on('error', () => { });
    const lost = ({ rstCode }) => {
        const wantsHttp1 = rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED;
        if (!wantsHttp1 && rstCode !== constants.NGHTTP2_REFUSED_STREAM)
            return new server_failure/* RequestFailure */.e6({ type: 'reset', code: undefined });
        return new Unprocessed(wantsHttp1);
    };
    const messageOf = (stream, status, headers) => ({
        statusCode: status,
        headers,
        [Symbol.asyncIterator]: () => http2_session_bodyOf(stream),
        destroy: () => stream.close(constants.NGHTTP2_CANCEL),
    });
    return {
        isOpen: () => !session.closed && !session.destroyed,
        request: (method, path, headers, body, signal) => new Promise((resolve, reject) => {
            const head = {
                ':method': method,
                ':path': path,
                ':scheme': 'https',
                ':authority': String(headers.host ?? host),
            };
            const stream = session.request({ ...head, ...without(headers, OF_CONNECTION) }, { endStream: false, signal });
            stream.on('error', () => { });
            stream.once('close', () => {
                // What is silent or refuses once may go on so: the next request is to have a connection of its own.
                if (signal.aborted || stream.rstCode === constants.NGHTTP2_REFUSED_STREAM)
                    session.close();
                reject(lost(stream));
            });
            let interim = 0;
            stream.on('headers', (fields) => {
                interim += sizeOf(fields);
                if (interim <= LARGEST_HEAD)
                    return;
                reject(new server_failure/* RequestFailure */.e6({ type: 'malformed', problem: 'long-head' }));
                stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
            });
            stream.once('response', ({ ':status': status = 0, ...rest }) => resolve(messageOf(stream, status, rest)));
            stream.end(body);
        }),
    };
}
/** The pieces of a body. A stream that the server takes back looks like one that has ended, but for its code. */
async function* http2_session_bodyOf(stream) {
    yield* stream.iterator({ destroyOnReturn: false });
    if (stream.aborted || (stream.rstCode ?? 0) !== 0)
        throw new server_failure/* RequestFailure */.e6({ type: 'truncated' });
}
/** What the head of an interim answer counts (RFC 9113, 6.5.2). Bytes. */
function sizeOf(fields) {
    return Object.entries(fields).reduce((sum, [name, value]) => sum + name.length + String(value).length + 32, 0);
}
function without(headers, names) {
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

;// CONCATENATED MODULE: ./lib/server/connections.js





/**
 * Opens connections. A server that speaks HTTP/2 gets one for all requests of a run, as curl gives it: each further one
 * would cost a handshake, and its time as often as the server is far away.
 */
function openConnections(contexts) {
    const sessions = new Map();
    /** Ends when the first connection to a server is there or has failed: whoever wants another meanwhile waits whether it can be shared. */
    const first = new Map();
    async function open(url, route) {
        let used;
        const secureContext = () => {
            used = contexts.current();
            return used;
        };
        return openConnection(url, { ...route, secureContext }).catch((error) => {
            const wider = used !== undefined && isUntrusted(error) ? contexts.wider(used) : undefined;
            if (wider === undefined)
                throw error;
            return openConnection(url, { ...route, secureContext: () => wider });
        });
    }
    async function opened(url, route, way) {
        const addresses = recorded(route);
        const socket = await open(url, addresses.route);
        if (!(socket instanceof external_node_tls_.TLSSocket) || socket.alpnProtocol !== 'h2')
            return { protocol: 'http/1.1', socket };
        const session = openHttp2Session(socket, url.host);
        sessions.set(way, { session, ...addresses.seen() });
        return { protocol: 'h2', session, isUsed: false };
    }
    async function connect(url, route) {
        if (!route.offersHttp2)
            return { protocol: 'http/1.1', socket: await open(url, route) };
        const way = wayTo(url, route.proxy);
        for (let opening; opening !== first.get(way); await opening)
            opening = first.get(way);
        const shared = sessions.get(way);
        if (shared?.session.isOpen())
            return usedBy(route, shared);
        // All who were on it want another now, which again is to be one.
        if (shared !== undefined) {
            sessions.delete(way);
            first.delete(way);
        }
        const connection = opened(url, route, way);
        if (!first.has(way)) {
            const settled = connection.catch(() => { });
            first.set(way, settled);
        }
        return connection;
    }
    return { connect, isShared: (url, proxy) => sessions.get(wayTo(url, proxy))?.session.isOpen() === true };
}
/** Whether somebody showed a certificate of an authority that is not known, or of one whose time is over. */
function isUntrusted(error) {
    if (!(error instanceof server_failure/* RequestFailure */.e6) || !('code' in error.failure))
        return false;
    const { code } = error.failure;
    return code === 'CERT_HAS_EXPIRED' || isUnknownAuthority(code);
}
function usedBy({ trace }, { session, resolved, connected }) {
    for (const address of resolved)
        trace.resolved(address);
    if (connected !== undefined)
        trace.connected(connected);
    return { protocol: 'h2', session, isUsed: true };
}
function wayTo({ host }, proxy) {
    return `${host} ${proxy?.protocol}//${proxy?.host}:${proxy?.port}`;
}
/** A route of which it is noted what its trace is told. */
function recorded(route) {
    const resolved = [];
    let connected;
    const trace = {
        resolved: (address) => {
            resolved.push(address);
            route.trace.resolved(address);
        },
        connected: (address) => {
            connected = address;
            route.trace.connected(address);
        },
    };
    return { route: { ...route, trace }, seen: () => ({ resolved, connected }) };
}

;// CONCATENATED MODULE: ./lib/server/secure-context.js


/**
 * One context for all connections of a run: OpenSSL reads each certificate anew for every context, which takes longer than a
 * handshake. Those that lie in a folder, one by one, take longer still, and stand in a file as well but for rare cases: they are
 * added where somebody is not trusted without them.
 */
function openSecureContexts(trust) {
    const { certificates, inFolder } = trust.kind === 'trusted' ? trust : { certificates: () => [], inFolder: () => [] };
    let made;
    let isWide = false;
    const current = () => {
        made ??= secureContextFor(certificates());
        return made;
    };
    const widen = () => {
        isWide = true;
        const known = new Map(certificates().map((pem) => [lettersOf(pem), pem]));
        const all = new Map([...known, ...inFolder().map((pem) => [lettersOf(pem), pem])]);
        if (all.size > known.size)
            made = secureContextFor([...all.values()]);
    };
    return {
        current,
        wider: (than) => {
            if (!isWide)
                widen();
            return made === than ? undefined : made;
        },
    };
}
/** Its settings are said here, whatever this job has told Node by NODE_OPTIONS: Composer does not know of that. */
function secureContextFor(trusted) {
    // Systems have most of Node's certificates as well, and a folder has each under two names.
    const distinct = new Map(trusted.map((pem) => [lettersOf(pem), pem]));
    return (0,external_node_tls_.createSecureContext)({
        ca: [...distinct.values()],
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.3',
        ciphers: external_node_crypto_.constants.defaultCoreCipherList,
    });
}
/** A certificate in PEM, whose lines may have any length. */
function lettersOf(pem) {
    return pem.replace(/\s+/g, '');
}

;// CONCATENATED MODULE: ./lib/server/sending.js









/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10;
/** Opens the way on which the requests of one run are sent: over HTTP/2 where the server chooses it. */
function openSending(options) {
    // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
    // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
    const client = new lib/* HttpClient */.Qq(options.userAgent);
    const { connect, isShared } = openConnections(openSecureContexts(options.trust));
    async function over(connection, sent) {
        const { url, proxy, posted, signal } = sent;
        const headers = { ...headersFor(url, sent.credentials, proxy, options.userAgent), ...headersOf(posted) };
        const path = pathFor(url, proxy);
        if (connection.protocol === 'h2')
            return connection.session.request(methodOf(posted), path, headers, posted?.text, signal);
        const { message } = await client.requestRaw(requestOn(connection.socket, sent, path, headers), posted?.text ?? null);
        return message;
    }
    async function send(sent) {
        const { url, proxy, credentials, signal, trace } = sent;
        const route = {
            proxy,
            nodeTrustsAll: options.nodeTrustsAll,
            // Headers in the place of a pair go as they stand, and HTTP/2 does not take every one.
            offersHttp2: url.protocol === 'https:' && credentials?.headers === undefined,
            connectTimeout: CONNECT_TIMEOUT * 1000,
            signal,
            trace,
        };
        const connection = await connect(url, route);
        return over(connection, sent).catch(async (error) => {
            if (signal.aborted || connection.protocol !== 'h2')
                throw error;
            // As curl does by itself: the old version of HTTP where the server asks for it, another connection for one that died.
            const unprocessed = error instanceof Unprocessed;
            if (unprocessed && error.wantsHttp1)
                return over(await connect(url, { ...route, offersHttp2: false }), sent);
            if (!unprocessed && (!connection.isUsed || connection.session.isOpen()))
                throw error;
            return over(await connect(url, route), sent);
        });
    }
    return { send, isShared };
}
function requestOn(socket, { url, posted, signal }, path, headers) {
    return {
        parsedUrl: url,
        httpModule: url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject,
        options: {
            method: methodOf(posted),
            host: url.hostname.replace(/^\[|\]$/g, ''),
            port: url.port,
            path,
            headers,
            agent: agentOn(socket, url),
            signal,
            maxHeaderSize: LARGEST_HEAD,
        },
    };
}

;// CONCATENATED MODULE: ./lib/server/trace.js

/**
 * Headers by which a server, a load balancer or a content network names a request, or the machine that answered it. Only
 * these are ever shown.
 */
const REQUEST_IDS = [
    'x-request-id',
    'x-correlation-id',
    'x-adobe-request-id',
    'cf-ray',
    'x-amz-cf-id',
    'x-amzn-requestid',
    'x-amzn-trace-id',
    'x-served-by',
    'x-akamai-request-id',
    'akamai-grn',
    'x-azure-ref',
];
/** More than so many are noise. */
const MOST_REQUEST_IDS = 4;
/** Begins the trace of a request, with the time of now. */
function startTrace(method) {
    const time = `${new Date().toISOString().slice(0, 19).replace('T', ' ')} UTC`;
    const resolved = new Set();
    let connected;
    let requestIds = [];
    return {
        resolved: (address) => resolved.add(written(address)),
        connected: (address) => {
            connected = written(address);
        },
        headers: (headers) => {
            requestIds = requestIdsOf(headers);
        },
        trace: () => ({ method, time, resolved: [...resolved], connected, requestIds }),
    };
}
function requestIdsOf(headers) {
    return REQUEST_IDS.flatMap((header) => {
        const value = headers[header];
        return typeof value === 'string' && value.trim() !== '' ? [{ header, value }] : [];
    }).slice(0, MOST_REQUEST_IDS);
}
/**
 * An address with its family. Those of IPv6 in full: two colons in a row are taken apart wherever texts of others are
 * shown, since the runner reads them as a command.
 */
function written(address) {
    if (!(0,external_node_net_.isIPv6)(address))
        return `${address} (IPv4)`;
    const [before = '', after] = address.replace(/%.*$/, '').split('::');
    const groups = (part) => (part === undefined || part === '' ? [] : part.split(':'));
    const [head, tail] = [groups(before), groups(after)];
    const width = (all) => all.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
    const zeros = after === undefined ? [] : Array(Math.max(0, 8 - width(head) - width(tail))).fill('0');
    return `${[...head, ...zeros, ...tail].join(':')} (IPv6)`;
}

;// CONCATENATED MODULE: ./lib/server/exchange.js










/** Opens the way on which the requests of one run are sent. */
function openExchange(options) {
    const sending = openSending(options);
    const readBody = bodyReader(options.kept);
    async function send(request, way, recorder) {
        const { sent: credentials, posted, signal } = request;
        const { proxy } = way;
        const sent = { url: new URL(request.url), proxy, credentials, posted, signal, trace: recorder };
        const message = await noLongerThan(signal, sending.send(sent));
        const { headers, statusCode: status = 0 } = message;
        recorder.headers(headers);
        const byProxy = status === 407 && proxy !== undefined;
        if (byProxy || (0,server_redirects/* isRedirect */.N6)(status)) {
            message.destroy();
            return { status, headers, read: byProxy ? { type: 'proxy-refused', status } : NOTHING_READ };
        }
        const read = request.beginningOnly && status < 300 ? beginningOf(message, signal) : whole(message, signal);
        return { status, headers, read: await read.catch((error) => failureOf(error, request)) };
    }
    async function whole(message, signal) {
        return { body: await noLongerThan(signal, readBody(message)), complete: true };
    }
    async function ask(request) {
        const { url, sent } = request;
        const recorder = startTrace(methodOf(request.posted));
        const way = exchange_wayTo(url, options);
        const { proxy } = way;
        const soFar = () => ({ proxy, trace: recorder.trace() });
        if (way.kind === 'none')
            return (0,server_answer/* failed */.g)(url, way.failure, soFar());
        if (sent !== undefined && url !== options.essential && !options.withCredentials.take()) {
            return (0,server_answer/* failed */.g)(url, { type: 'unasked' }, soFar());
        }
        if (sent !== undefined)
            options.sentSecrets.add(sent);
        const started = performance.now();
        const received = await send(request, way, recorder).catch((error) => failureOf(error, request));
        options.onRequest(lineOf(request, proxy, received, performance.now() - started));
        if ('type' in received)
            return (0,server_answer/* failed */.g)(url, received, soFar());
        const { status, headers, read } = received;
        if ('type' in read)
            return (0,server_answer/* failed */.g)(url, read, soFar(), status);
        return { kind: 'answered', status, headers, ...read, url, leftOrigin: false, tries: 1, ...soFar() };
    }
    return {
        ask,
        isShared: (url) => {
            const way = exchange_wayTo(url, options);
            return way.kind === 'open' && sending.isShared(new URL(url), way.proxy);
        },
    };
}
const NOTHING_READ = { body: Buffer.alloc(0), complete: false };
async function beginningOf(message, signal) {
    try {
        return await noLongerThan(signal, firstBytes(message, archive_bytes/* FIRST_BYTES */.V));
    }
    catch (error) {
        // The head was good, and Composer has more time.
        if (signal.aborted)
            return NOTHING_READ;
        throw error;
    }
}
function lineOf({ url, posted }, proxy, received, took) {
    const through = proxy === undefined ? '' : `through ${proxy.shown} `;
    const outcome = 'type' in received ? received.type : received.status;
    const broken = !('type' in received) && 'type' in received.read ? `, ${received.read.type}` : '';
    return `${methodOf(posted)} ${(0,shown_url/* shownUrl */.z)(new URL(url).href)} ${through}-> ${outcome}${broken} (${Math.round(took)} ms)`;
}
function exchange_wayTo(url, { proxyFor, trust }) {
    // Whatever a server or a file of the project names: nothing is asked over http but on this machine.
    if (!(0,composer_origin/* isPrivateRoute */.Zi)(url))
        return { kind: 'none', proxy: undefined, failure: { type: 'insecure' } };
    const choice = proxyFor(new URL(url));
    if (choice.kind === 'malformed' || choice.kind === 'unsupported') {
        return { kind: 'none', proxy: undefined, failure: { type: `proxy-${choice.kind}`, variable: choice.variable } };
    }
    const proxy = choice.kind === 'proxy' ? choice.proxy : undefined;
    if (trust.kind === 'trusted')
        return { kind: 'open', proxy };
    // Composer stops at such a setting before its first request, whatever that request's scheme.
    const { path, source, setting, reason } = trust;
    return { kind: 'none', proxy, failure: { type: 'trust-file', path, source, setting, reason } };
}
/** Waits for work, and for nothing that a server does beyond the signal's reason. */
function noLongerThan(signal, work) {
    return new Promise((resolve, reject) => {
        const giveUp = () => reject(signal.reason);
        if (signal.aborted)
            giveUp();
        signal.addEventListener('abort', giveUp);
        // One signal serves a whole chain of redirects: what stays on it would add up.
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    });
}
function failureOf(error, { url, signal }) {
    const failure = (0,server_failure/* socketFailure */.Ox)(signal.aborted ? signal.reason : error, new URL(url).hostname);
    // Node calls a connection that ends before the first byte of an answer "socket hang up", with a reset's code.
    const silent = error instanceof Error && error.message === 'socket hang up';
    return silent && failure.type === 'reset' ? { type: 'closed', code: undefined } : failure;
}

;// CONCATENATED MODULE: ./lib/server/kept-bytes.js

/**
 * The most that a run keeps of all answers, by what it counts for it. The nine hundred package files that a failing
 * Magento project may ask for take some 45 MiB, with 120 versions each.
 */
const LARGEST_KEPT_MIB = 64;
function keptBytes() {
    let total = 0;
    return {
        get total() {
            return total;
        },
        add: (bytes) => {
            total += bytes;
            if (total > LARGEST_KEPT_MIB * 1024 * 1024)
                throw new server_failure/* RequestFailure */.e6({ type: 'too-much', limitMiB: LARGEST_KEPT_MIB });
        },
    };
}

// EXTERNAL MODULE: ./lib/server/retries.js
var server_retries = __webpack_require__(8713);
// EXTERNAL MODULE: ./lib/composer/auth-sections.js
var auth_sections = __webpack_require__(3535);
// EXTERNAL MODULE: ./lib/text/secret-forms.js
var secret_forms = __webpack_require__(8993);
// EXTERNAL MODULE: ./lib/server/addresses.js
var addresses = __webpack_require__(1743);
;// CONCATENATED MODULE: ./lib/server/sent-secrets.js



/** Opens the memory of one run: nothing was sent yet. */
function openSentSecrets() {
    const known = new Set();
    const forms = new Set();
    return {
        add(sent) {
            const key = JSON.stringify(sent);
            if (known.has(key))
                return;
            known.add(key);
            // The signs of equality at the end of base64 say nothing, and a host name is in lower case.
            const values = auth_sections/* AUTH_SECTIONS */.i.get('custom-headers')?.secretsIn([...(sent.headers ?? [])]) ?? [];
            for (const form of [...(0,secret_forms/* masksFor */.RM)(sent), ...(0,secret_forms/* masksForValues */.lj)(values)])
                forms.add(form.replace(/=+$/, '').toLowerCase());
        },
        nameHostOf(url) {
            if (forms.size === 0 || !URL.canParse(url))
                return false;
            const { hostname } = new URL(url);
            if ((0,addresses/* isTooLongForDns */.nV)(hostname))
                return true;
            // By the pieces of the name, which is short, and not by the secrets, which may be many.
            for (let start = 0; start + secret_forms/* SHORTEST_MASK */.SE <= hostname.length; start++) {
                for (let end = start + secret_forms/* SHORTEST_MASK */.SE; end <= hostname.length; end++) {
                    if (forms.has(hostname.slice(start, end)))
                        return true;
                }
            }
            return false;
        },
    };
}

;// CONCATENATED MODULE: ./lib/server/transport.js














/** As many as Composer has under way, where one connection carries them all. Source: `HttpDownloader.php`, `maxJobs`. */
const REQUESTS_ON_CONNECTION = 12;
const WHOLE = { beginningOnly: false, posted: undefined };
const BEGINNING = { beginningOnly: true, posted: undefined };
/** Opens the one way by which this action speaks to servers. */
function openTransport(options) {
    const { retries, deadline } = options;
    const kept = keptBytes();
    const sentSecrets = openSentSecrets();
    const exchange = openExchange({ ...options, kept, sentSecrets });
    const follow = openFollowing(exchange, { ...options, sentSecrets });
    async function get(asked, source, tries, kind) {
        // Credentials in a URL beat all others for its origin, and are sent as a header: a URL is shown.
        const inUrl = (0,effective_credentials/* credentialsInUrl */.FB)(asked);
        const url = (0,effective_credentials/* withoutUserinfo */.Q3)(asked);
        const credentials = inUrl === undefined ? source : insteadAt((0,composer_origin/* originOf */.yv)(url), inUrl, source);
        let last;
        for (let tried = 1;; tried++) {
            // Reading the project may have taken all the time: then nothing is known of the server.
            if (deadline.passed())
                return last ?? unsent(url, kind);
            last = { ...(await follow(url, credentials, kind)), tries: tried };
            const pause = (0,server_retries/* pauseBefore */.G)(last, tried);
            if (tried >= tries || pause === undefined || pause >= deadline.left())
                return last;
            await (0,promises_.setTimeout)(pause);
        }
    }
    const withCredentials = (credentialsFor) => ({
        get: (url) => get(url, credentialsFor, retries + 1, WHOLE),
        post: (url, posted) => get(url, credentialsFor, retries + 1, { ...WHOLE, posted }),
        probe: (url) => get(url, credentialsFor, retries + 1, BEGINNING),
        getOnceAs: (url, credentials) => get(url, insteadAt((0,composer_origin/* originOf */.yv)(url), credentials, credentialsFor), 1, WHOLE),
        getOnceAtHost: (url, credentials) => {
            const { host } = new URL(url);
            return get(url, (origin) => (origin === host ? credentials : undefined), 1, { ...WHOLE, origin: host });
        },
        as: (origin, credentials) => withCredentials(insteadAt(origin, credentials, credentialsFor)),
        atOnce: (url) => (exchange.isShared(url) ? REQUESTS_ON_CONNECTION : in_parallel/* REQUESTS_AT_ONCE */.P),
        mayAsk: (url) => (0,composer_origin/* isPrivateRoute */.Zi)(url) && !sentSecrets.nameHostOf(url),
        keep: kept.add,
    });
    return withCredentials(options.credentialsFor);
}
/** The answer of a request for which there was no time. */
function unsent(url, { posted }) {
    return (0,server_answer/* failed */.g)(url, { type: 'out-of-time' }, { proxy: undefined, trace: startTrace(methodOf(posted)).trace() });
}
/** What is sent where one origin gets other credentials. */
function insteadAt(own, credentials, credentialsFor) {
    return (origin) => (origin === own ? credentials : credentialsFor(origin));
}
/** Opens a function that asks for a URL once, and for those that it redirects to, within one time limit. */
function openFollowing(exchange, options) {
    return async (url, credentialsFor, kind) => {
        const timeLimit = new AbortController();
        const seconds = Math.min(options.timeout, options.deadline.left() / 1000);
        const timer = setTimeout(() => timeLimit.abort(new server_failure/* RequestFailure */.e6({ type: 'timeout', seconds, budget: seconds < options.timeout })), seconds * 1000);
        try {
            return await followed(exchange, url, credentialsFor, options.sentSecrets, {
                ...kind,
                signal: timeLimit.signal,
            });
        }
        finally {
            clearTimeout(timer);
        }
    };
}
async function followed(exchange, url, credentialsFor, sentSecrets, { origin = (0,composer_origin/* originOf */.yv)(url), ...rest }) {
    let place = { url, origin };
    const own = credentialsFor(place.origin);
    for (let redirects = 0;; redirects++) {
        const sent = (0,server_redirects/* isOneHost */.PR)(place) && (0,composer_origin/* isPrivateRoute */.Zi)(place.url) ? credentialsFor(place.origin) : undefined;
        const answer = await exchange.ask({ ...rest, url: place.url, sent });
        if (answer.kind === 'failed' || !(0,server_redirects/* isRedirect */.N6)(answer.status)) {
            return { ...answer, leftOrigin: sent === undefined && own !== undefined };
        }
        const next = (0,server_redirects/* redirectTarget */.ET)(answer.headers.location, place, answer.status);
        if ('type' in next)
            return (0,server_answer/* failed */.g)(place.url, next, answer);
        if (sentSecrets.nameHostOf(next.url)) {
            return (0,server_answer/* failed */.g)(place.url, { type: 'redirect-unusable', status: answer.status, target: undefined }, answer);
        }
        if (redirects >= server_redirects/* MAXIMUM_REDIRECTS */.xT) {
            const loop = { type: 'redirect-loop', limit: server_redirects/* MAXIMUM_REDIRECTS */.xT, target: (0,shown_url/* shownUrl */.z)(next.url) };
            return (0,server_answer/* failed */.g)(place.url, loop, answer);
        }
        place = next;
    }
}


/***/ }),

/***/ 4241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

var node_tls__WEBPACK_IMPORTED_MODULE_3___namespace_cache;
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ trustedCertificates)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);
/* harmony import */ var _bounds_bounded_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5955);





/** Where distributions keep the system's certificates in one file. Source: composer/ca-bundle's `CaBundle.php`. */
const SYSTEM_FILES = [
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/ssl/cert.pem',
];
/**
 * The folder that curl on Debian and Ubuntu searches besides whatever file it is told to trust (`curl-config --configure`:
 * `--with-ca-path`), so that a `cafile` does not shut the system's certificates out there.
 */
const CURL_FOLDER = '/etc/ssl/certs';
/** The authorities that browsers know take some 220 kB. Read are a file's bytes, and a folder's files together. */
const LONGEST_FILE = 4 * 1024 * 1024;
/** Distributions have some 300, each twice, by its name and by its hash. */
const MOST_FILES = 20_000;
/**
 * The certificates that Composer trusts: those of `COMPOSER_CAFILE` or the `cafile` setting, and of `capath`; without
 * either, of `SSL_CERT_FILE` or `SSL_CERT_DIR`, whichever is usable first; else the system's file, or its own list, whose
 * authorities Node has as well. To the first two curl may add a folder of its own. What php.ini names is not known here. Those that only `NODE_EXTRA_CA_CERTS` names are left out: Composer does not know them.
 *
 * Source of the rule: `Util/StreamContextFactory.php::getTlsDefaults`, composer/ca-bundle's `CaBundle.php`.
 */
function trustedCertificates(config, env) {
    const { cafile, capath } = config;
    if (cafile !== undefined || capath !== undefined)
        return configured(cafile, capath);
    for (const source of ['SSL_CERT_FILE', 'SSL_CERT_DIR']) {
        const written = env[source] ?? '';
        const trust = written === '' ? undefined : named({ written, source });
        if (trust !== undefined)
            return trust;
    }
    return {
        kind: 'trusted',
        certificates: () => [...node_tls__WEBPACK_IMPORTED_MODULE_3__.rootCertificates, ...systemsFile()],
        inFolder: onLinux,
    };
}
function configured(cafile, capath) {
    const file = cafile === undefined ? [] : fromFile(cafile.value);
    if (cafile !== undefined && !isSound(file))
        return unusable('cafile', cafile, cafile.value, file);
    const folder = capath === undefined ? [] : fromFolder(capath.value);
    if (capath !== undefined && !Array.isArray(folder))
        return unusable('capath', capath, capath.value, folder);
    return trusted([...listed(file), ...listed(folder)]);
}
/** What one of OpenSSL's variables names, a file or a folder; undefined where Composer passes over it. */
function named(setting) {
    const file = fromFile(setting.written);
    if (file !== undefined)
        return isSound(file) ? trusted(file) : unusable('cafile', setting, setting.written, file);
    const folder = isEmpty(setting.written) ? undefined : fromFolder(setting.written);
    if (folder === undefined)
        return undefined;
    return folder === 'too-large' ? unusable('capath', setting, setting.written, folder) : trusted(folder);
}
function trusted(certificates) {
    const byCurl = () => (process.platform === 'linux' ? fromFolder(CURL_FOLDER) : undefined);
    return { kind: 'trusted', certificates: () => certificates, inFolder: () => listed(byCurl()) };
}
/** Composer looks at the first certificate of a file only, and then curl refuses a file with any broken one. */
function isSound(file) {
    return Array.isArray(file) && file.every(isCertificate);
}
function listed(certificates) {
    return certificates === undefined || certificates === 'too-large' ? [] : certificates;
}
function isCertificate(pem) {
    try {
        new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem);
        return true;
    }
    catch {
        return false;
    }
}
function unusable(setting, { written, source }, path, found) {
    const reason = found === 'too-large' ? found : whyUnusable(path, found);
    return { kind: 'unusable', path: written, source, setting, reason };
}
function whyUnusable(path, found) {
    if (found !== undefined)
        return 'broken';
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.R_OK);
        return 'no-certificate';
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? 'missing' : 'unreadable';
    }
}
function systemsFile() {
    return listed(SYSTEM_FILES.map((path) => fromFile(path)).find((certificates) => certificates !== undefined));
}
/**
 * What Node takes for the system's store, since 22.15: on Linux files and folders that OpenSSL knows, or that `SSL_CERT_FILE`
 * names, usable or not. The stores of Windows and macOS are none of Composer's: see system-store.ts.
 */
function onLinux() {
    return process.platform === 'linux' && "getCACertificates" in /*#__PURE__*/ (node_tls__WEBPACK_IMPORTED_MODULE_3___namespace_cache || (node_tls__WEBPACK_IMPORTED_MODULE_3___namespace_cache = __webpack_require__.t(node_tls__WEBPACK_IMPORTED_MODULE_3__, 2))) ? node_tls__WEBPACK_IMPORTED_MODULE_3__.getCACertificates('system') : [];
}
/** The certificates in a file; undefined when it cannot be read or does not begin with one. */
function fromFile(path) {
    const read = certificatesIn(path, LONGEST_FILE);
    return read === 'too-large' ? read : read.certificates;
}
/** The same of a file of so many bytes at most, with how many it has. */
function certificatesIn(path, limit) {
    const file = (0,_bounds_bounded_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readBounded */ .CB)(path, limit);
    if (file.kind === 'too-large')
        return 'too-large';
    if (file.kind !== 'bytes')
        return { certificates: undefined, bytes: 0 };
    const certificates = pemCertificates(file.bytes.toString());
    return { certificates: certificates.length === 0 ? undefined : certificates, bytes: file.bytes.length };
}
/**
 * The certificates that OpenSSL finds in a folder: under the hash of their subject, as `openssl rehash` names them, and
 * under no other name. Undefined when the folder cannot be read.
 */
function fromFolder(path) {
    const found = (0,_bounds_bounded_file_js__WEBPACK_IMPORTED_MODULE_4__/* .namesIn */ .wX)(path, MOST_FILES);
    if (found?.complete !== true)
        return found && 'too-large';
    const all = [];
    // Of all that is read, be it certificates or not: thousands of links can lead to one large file.
    let left = LONGEST_FILE;
    for (const name of found.names) {
        if (!/^[0-9a-f]{8}\.\d+$/.test(name))
            continue;
        const read = certificatesIn((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, name), left);
        if (read === 'too-large')
            return read;
        left -= read.bytes;
        for (const certificate of read.certificates ?? [])
            all.push(certificate);
    }
    return all;
}
/** Composer passes over an empty `SSL_CERT_DIR`. Source: `CaBundle::caDirUsable`. */
function isEmpty(folder) {
    return (0,_bounds_bounded_file_js__WEBPACK_IMPORTED_MODULE_4__/* .namesIn */ .wX)(folder, MOST_FILES)?.names.every((name) => name.startsWith('.')) !== false;
}
const BEGIN = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g;
const END = /-----END (?:TRUSTED )?CERTIFICATE-----/g;
/** The certificates of a PEM file; none when the first is not one, as Composer checks no further. */
function pemCertificates(text) {
    const blocks = [];
    // In one pass: a pattern for both ends looks for an end from each beginning anew.
    for (let from = 0;;) {
        const begin = found(BEGIN, text, from);
        const end = begin && found(END, text, begin.end + 1);
        if (begin === undefined || end === undefined)
            break;
        blocks.push(text.slice(begin.start, end.end));
        from = end.end;
    }
    return blocks[0] !== undefined && isCertificate(blocks[0]) ? blocks : [];
}
function found(pattern, text, from) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    return match === null ? undefined : { start: match.index, end: pattern.lastIndex };
}


/***/ })

};

export const id = 384;
export const ids = [384];
export const modules = {

/***/ 9384:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCheck: () => (/* binding */ runCheck)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 10 modules
var core = __webpack_require__(2333);
// EXTERNAL MODULE: ./lib/bounds/allowance.js
var allowance = __webpack_require__(6607);
// EXTERNAL MODULE: ./lib/composer/config.js
var config = __webpack_require__(9158);
// EXTERNAL MODULE: ./lib/composer/github-token.js
var github_token = __webpack_require__(9655);
// EXTERNAL MODULE: ./lib/composer/installed/version-rules.js
var version_rules = __webpack_require__(3357);
// EXTERNAL MODULE: ./lib/composer/json.js
var json = __webpack_require__(3206);
// EXTERNAL MODULE: ./lib/composer/origin.js
var composer_origin = __webpack_require__(7322);
// EXTERNAL MODULE: ./lib/composer/proxy.js
var proxy = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/composer/repositories.js
var composer_repositories = __webpack_require__(4456);
// EXTERNAL MODULE: ./lib/server/action-version.js
var action_version = __webpack_require__(3064);
// EXTERNAL MODULE: ./lib/server/transport.js + 15 modules
var transport = __webpack_require__(3697);
// EXTERNAL MODULE: ./lib/server/trust.js
var trust = __webpack_require__(4241);
// EXTERNAL MODULE: ./lib/text/server-text.js
var server_text = __webpack_require__(2138);
// EXTERNAL MODULE: ./lib/bounds/in-parallel.js
var in_parallel = __webpack_require__(7556);
// EXTERNAL MODULE: ./lib/collections/grouped.js
var grouped = __webpack_require__(8551);
// EXTERNAL MODULE: ./lib/composer/effective-credentials.js
var effective_credentials = __webpack_require__(9980);
// EXTERNAL MODULE: ./lib/composer/shown-url.js
var shown_url = __webpack_require__(4883);
;// CONCATENATED MODULE: ./lib/problems/families.js
/** Parts of names that only Adobe Commerce has. Enough of them to tell the edition; which one exactly does not matter. */
const COMMERCE = /^magento\/(?:(?:product|project)-enterprise-edition|magento2-ee-base|module-(?:.*-)?(?:staging|customer-balance|customer-custom-attributes|customer-finance|customer-segment|gift-card|gift-registry|gift-wrapping|target-rule|rma|reward|banner|banner-customer-segment|invitation|versions-cms|visual-merchandiser|catalog-permissions|catalog-event|admin-gws|logging|multiple-wishlist|website-restriction|price-permissions|persistent-history|advanced-checkout|advanced-search-ee|scalable-[a-z]+|scheduled-import-export|support|special-price-quick-order|promotion-permissions|resource-for-customer-segment|enterprise|reminder|checkout-address-search|google-tag-manager|custom-attribute-management|cms-page-builder-analytics|deferred-total-calculating|elasticsearch-catalog-permissions|adobe-commerce)(?:-.*)?)$/;
const B2B = /^magento\/(?:extension-b2b|b2b-base|module-(?:.*-)?(?:b2b|company|negotiable-quote|shared-catalog|purchase-order|requisition-list|quick-order|order-history-search)(?:-.*)?)$/;
const CLOUD = /^magento\/(?:magento-cloud-.*|ece-tools|ece-.*|quality-patches-cloud|module-paas)$/;
const SAMPLE_DATA = /^magento\/(?:.*-)?sample-data(?:-.*)?$/;
/** Characters. Source: `ValidatingArrayLoader`. */
const LONGEST_NAME = 255;
/** The family of a package, told from its name. */
function familyOf(name) {
    if (isExtension(name))
        return 'extension';
    if (CLOUD.test(name))
        return 'cloud';
    if (B2B.test(name))
        return 'b2b';
    if (SAMPLE_DATA.test(name))
        return 'sample-data';
    if (COMMERCE.test(name))
        return 'commerce';
    return 'open-source';
}
/** Whether a package is none of Adobe's products: bought, or free, by itself. */
function isExtension(name) {
    // No package has a longer name, and the patterns above would look through it many times over.
    return name.length > LONGEST_NAME || !/^(?:magento|adobe-commerce)\//.test(name);
}

// EXTERNAL MODULE: ./lib/server/answer.js
var server_answer = __webpack_require__(9169);
// EXTERNAL MODULE: ./lib/server/archive-bytes.js
var archive_bytes = __webpack_require__(1859);
;// CONCATENATED MODULE: ./lib/check/archives.js









/** So many are asked for when nothing looks wrong. */
const LARGEST_SAMPLE = 10;
/**
 * An archive's address and its mirror are always tried; of more mirrors, which a lock may name by the dozen for every package,
 * `FURTHER_ADDRESSES` in a run.
 */
const ALWAYS_TRIED = 2;
const FURTHER_ADDRESSES = 100;
/**
 * The group of a package: `magento` has an account's lists or, where there are none, the edition families; other vendors
 * sell their own.
 */
function groupOf(name, list, family = familyOf(name)) {
    const vendor = name.split('/', 1)[0] ?? '';
    return vendor === 'magento' ? `magento ${list === '' ? family : list}` : vendor;
}
/** Asks for some archives, all of them. */
function askAll(archives, context) {
    const atOnce = archives.reduce((least, { urls }) => Math.min(least, context.transport.atOnce(urls[0] ?? '')), Infinity);
    return (0,in_parallel/* inParallel */.H)(atOnce, archives, async (archive) => ({ archive, answer: await ask(archive, context) }));
}
/** One archive of each group, at most ten in all. */
function sampleOf(archives) {
    const groups = [...(0,grouped/* grouped */.z)(archives, ({ group }) => group).values()];
    return groups.slice(0, LARGEST_SAMPLE).flatMap(([first]) => (first === undefined ? [] : [first]));
}
/** Asks for the rest of each group of which one was denied, and adds what comes of it. */
async function withSuspicious(asked, archives, context) {
    const denied = new Set(asked.flatMap(({ archive, answer }) => (answer.kind === 'denied' ? [archive.group] : [])));
    const known = new Set(asked.map(({ archive }) => archive));
    const rest = archives.filter((archive) => denied.has(archive.group) && !known.has(archive));
    return [...asked, ...(await askAll(rest, context))];
}
/** Asks for a sample and, where one of it is denied, for the rest of its group. */
async function askSample(archives, context) {
    return withSuspicious(await askAll(sampleOf(archives), context), archives, context);
}
/**
 * GETs the URLs of an archive as Composer would, one after the other, until one answers well.
 *
 * Source of the rule: `Downloader/FileDownloader.php::download`.
 */
async function ask({ urls, type }, context) {
    let last = { kind: 'unknown' };
    for (const [index, url] of urls.entries()) {
        if (!mayAsk(url, context))
            return { kind: 'unknown' };
        if (index >= ALWAYS_TRIED && !context.furtherAddresses.take())
            return { kind: 'unknown' };
        last = judged(await context.transport.probe(url), url, type, context);
        if (last.kind === 'there' || last.kind === 'unknown')
            return last;
        // Whoever looks at an archive only to unpack it has left its other addresses behind by then.
        const isTaken = last.kind === 'trouble' && last.unreadable !== undefined && index < urls.length - 1;
        if (isTaken && (await context.holds('looksIntoArchives')) === false)
            return last;
    }
    return last;
}
function judged(answer, url, type, context) {
    const shown = (0,shown_url/* shownUrl */.z)(url);
    // Nothing is known of what was not asked.
    if (answer.kind === 'failed')
        return isUp(answer.failure) ? { kind: 'unknown' } : { kind: 'trouble', answer, url: shown, unreadable: undefined };
    if ([401, 403, 404, 410].includes(answer.status)) {
        return { kind: 'denied', status: answer.status, url: shown, anonymous: !isHeld(url, context) };
    }
    if (answer.status >= 300)
        return { kind: 'trouble', answer, url: shown, unreadable: undefined };
    const unreadable = (0,archive_bytes/* notArchive */.y)(answer, type);
    return unreadable === undefined
        ? { kind: 'there' }
        : { kind: 'trouble', answer: (0,server_answer/* withoutBody */.f)(answer), url: shown, unreadable };
}
/** Whether the whole step has no time left, or no requests. */
function isUp(failure) {
    return failure.type === 'unasked' || failure.type === 'out-of-time' || (failure.type === 'timeout' && failure.budget);
}
/**
 * Whether an archive is asked for: never at public forges, nor where Composer sends what is not sent from here. Of what is left out
 * the host is noted.
 */
function mayAsk(url, context) {
    const origin = (0,composer_origin/* originOf */.yv)(url);
    if ((0,composer_repositories/* isPublicForge */.DS)(origin))
        return false;
    if (!context.transport.mayAsk(url)) {
        // A host made of a secret is not to be named either.
        if (!(0,composer_origin/* isPrivateRoute */.Zi)(url))
            context.unchecked.add(origin, URL.canParse(url) ? 'http' : 'address');
        return false;
    }
    if (isHeld(url, context))
        return true;
    const why = context.isOtherwiseAuthenticated(origin) ? 'credentials' : whyNotAdmitted(origin, context);
    if (why !== undefined)
        context.unchecked.add(origin, why);
    return why === undefined;
}
function whyNotAdmitted(origin, { isNamed, admitsUnnamed }) {
    return isNamed(origin) || admitsUnnamed(origin) ? undefined : 'too-many';
}
/** Whether Composer has credentials to send for a URL. */
function isHeld(url, { credentialsFor }) {
    return (0,effective_credentials/* credentialsInUrl */.FB)(url) !== undefined || credentialsFor((0,composer_origin/* originOf */.yv)(url)) !== undefined;
}

// EXTERNAL MODULE: ./lib/composer/partial-update.js + 1 modules
var partial_update = __webpack_require__(2076);
// EXTERNAL MODULE: ./lib/inputs/key-shapes.js
var key_shapes = __webpack_require__(7141);
// EXTERNAL MODULE: ./lib/problems/catalogue.js + 34 modules
var catalogue = __webpack_require__(471);
// EXTERNAL MODULE: ./lib/problems/problem.js
var problem = __webpack_require__(5799);
// EXTERNAL MODULE: ./lib/server/retries.js
var retries = __webpack_require__(8713);
;// CONCATENATED MODULE: ./lib/check/access.js





/** repo.magento.com's two texts, with enough of each to tell them apart should Adobe change a word. */
const NOT_PROVIDED = /haven.?t provided your Magento authentication keys/i;
const INVALID = /authentication keys are invalid/i;
/**
 * Asks the repository for packages.json, and once more with the keys swapped where that can be the answer.
 *
 * @param stopped versions of Composer that stop where it fails, whatever they need from there
 */
async function checkAccess(repository, context, stopped) {
    const { answer, unreadable } = await repository.root();
    const found = findingOf(answer, repository.rootUrl, context, unreadable);
    const finding = found && stopping(found, stopped);
    const status = answer.kind === 'answered' ? answer.status : undefined;
    const { credentials } = context;
    if (finding?.code !== 'keys-rejected' || credentials === undefined || !maySwap(finding, credentials)) {
        return { finding, status };
    }
    const { username, password } = credentials;
    const swapped = await repository.rootAs({ username: password, password: username });
    const accepted = swapped.answer.kind === 'answered' &&
        findingOf(swapped.answer, repository.rootUrl, context, swapped.unreadable) === undefined;
    return { finding: accepted ? { ...finding, code: 'keys-swapped' } : finding, status };
}
/**
 * What an answer for packages.json, or for another file of a repository, means; undefined when all is well, or when nothing
 * is known since it was not asked for.
 *
 * @param unreadable what is wrong with the body of a good answer
 */
function findingOf(answer, url, context, unreadable) {
    const at = atServer(answer, url, context);
    if (answer.kind === 'failed')
        return failureFinding(answer, at, context);
    const { status } = answer;
    if (status === 401 && answer.leftOrigin)
        return { ...at, code: 'unexpected-answer', what: { type: 'unauthorized-elsewhere' } };
    // By the words before the status: the text for missing keys has been seen with 404 as well.
    const notReceived = status >= 400 && NOT_PROVIDED.test(at.serverText ?? '');
    if (notReceived || status === 401)
        return unauthorized(at, notReceived, context);
    if (status === 403)
        return { ...at, code: 'access-forbidden' };
    if (status === 404 || status === 410)
        return { ...at, code: 'repository-not-found', from: context.from() };
    if (status === 429)
        return { ...at, code: 'rate-limited' };
    if (status === 408 || status >= 500)
        return { ...at, code: 'repository-unavailable' };
    // What is neither an error nor a redirect is read, whatever its number. Source: `CurlDownloader.php`, `tick`.
    if (status >= 300)
        return { ...at, code: 'unexpected-answer', what: { type: 'status' } };
    return unreadable === undefined ? undefined : { ...at, code: 'unexpected-answer', what: unreadable };
}
/** What is sent empty counts as little as what does not arrive, and the server cannot tell the two apart. */
function unauthorized(at, notReceived, { credentials, from, neighbour }) {
    const empty = emptyIn(credentials);
    if (empty.length > 0)
        return { ...at, ...placed(at, from()), code: 'keys-missing', reason: 'refused', empty, why: 'unknown' };
    return notReceived
        ? { ...at, code: 'keys-not-received' }
        : { ...at, ...placed(at, from()), code: 'keys-rejected', neighbour };
}
/** At the line that the credentials come from, where that is known; else at the one that names the repository. */
function placed(at, from) {
    return { from, place: (from.from === 'elsewhere' ? from.place : undefined) ?? at.place };
}
/** What is empty of the credentials that were sent. */
function emptyIn(credentials) {
    if (credentials === undefined)
        return [];
    const { username, password, headers } = credentials;
    // In the place of a password stands a word that says what the user name is.
    if ((0,key_shapes/* isMissing */.b2)(username) && (password === 'bearer' || password === 'private-token'))
        return ['token'];
    if (headers !== undefined)
        return [];
    return [
        ...((0,key_shapes/* isMissing */.b2)(username) ? ['username'] : []),
        ...((0,key_shapes/* isMissing */.b2)(password) ? ['password'] : []),
    ];
}
function failureFinding(answer, at, { nodeExtraCaCerts }) {
    const { failure } = answer;
    switch (failure.type) {
        case 'unasked':
            return undefined;
        case 'dns':
        case 'refused':
        case 'reset':
        case 'closed':
        case 'network':
        case 'connect-timeout':
        case 'timeout':
        case 'out-of-time':
            return { ...at, code: 'repository-unreachable', failure };
        case 'tls':
        case 'trust-file':
            return { ...at, code: 'tls-failed', failure, nodeExtraCaCerts };
        case 'proxy-refused':
        case 'proxy-unreachable':
        case 'proxy-malformed':
        case 'proxy-unsupported':
            return { ...at, ...proxySetting(answer), code: 'proxy-failed', failure };
        case 'leaves-machine':
            return at.proxy === undefined
                ? { ...at, code: 'repository-unreachable', failure }
                : { ...at, ...proxySetting(answer), code: 'proxy-failed', failure };
        case 'too-large':
        case 'too-much':
        case 'too-many-values':
        case 'malformed':
        case 'truncated':
        case 'undecodable':
        case 'redirect-loop':
        case 'redirect-without-location':
        case 'redirect-downgrade':
        case 'redirect-unusable':
        case 'insecure':
            return { ...at, code: 'unexpected-answer', what: { type: 'failure', failure } };
    }
}
/** How the proxy in between is set. */
function proxySetting({ proxy }) {
    return { variable: proxy?.variable, hasCredentials: proxy?.authorization !== undefined };
}
function atServer(answer, url, { host, place, packages = [] }) {
    const answered = answer.kind === 'answered';
    const finalHost = new URL(answer.url).host;
    return {
        host,
        url,
        status: answered ? answer.status : undefined,
        tries: answer.tries,
        serverText: answered && answer.status >= 300 ? (0,server_text/* serverText */.Tn)(answer.body) : undefined,
        retryAfter: answered ? (0,retries/* retryAfter */.P)(answer) : undefined,
        proxy: answer.proxy?.shown,
        trace: answer.trace,
        answeredBy: finalHost === new URL(url).host ? undefined : finalHost,
        weight: 'fatal',
        packages,
        place,
    };
}
/**
 * A swap is worth one request: the server called the pair invalid, and both halves could be keys. Over https or to this
 * machine only, which the repository's URL already guarantees; never when another host answered.
 */
function maySwap(finding, { username, password }) {
    return (INVALID.test(finding.serverText ?? '') &&
        finding.answeredBy === undefined &&
        username.length === 32 &&
        password.length === 32);
}
/** A finding about a file with the versions of Composer that stop at it, whatever they need from its repository. */
function stopping(finding, stopped) {
    // Where a file that is needed would be no error nothing is known of it.
    if ((0,catalogue/* severityOf */.xJ)(weighted(finding, 'fatal'), problem/* NOTHING_KNOWN */.GN) !== 'error')
        return finding;
    const isContent = finding.code === 'unexpected-answer' && finding.what.type === 'not-json';
    return stoppingOnly(stopped[isContent ? 'content' : 'status'], finding);
}
/** A finding at which some versions of Composer stop, whatever it means to the others. */
function stoppingOnly(stopsOnly, finding) {
    return stopsOnly.length === 0 ? finding : { ...finding, stopsOnly };
}
/** A finding about a host with what it means for the coming command. */
function weighted(finding, weight) {
    return 'weight' in finding ? { ...finding, weight } : finding;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/composer/lock-file.js
var lock_file = __webpack_require__(6186);
// EXTERNAL MODULE: ./lib/composer/install-source.js
var install_source = __webpack_require__(8971);
;// CONCATENATED MODULE: ./lib/check/editions.js


/** The packages that stand for the editions: who sees them may install them. */
const PRODUCTS = [
    ['magento/product-community-edition', 'Open Source'],
    ['magento/product-enterprise-edition', 'Commerce'],
    ['magento/extension-b2b', 'B2B'],
    ['magento/magento-cloud-metapackage', 'Cloud'],
];
/** A vendor's name as Composer takes it; anything else is a server's whim and not shown. */
const VENDOR = /^[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?$/;
const LONGEST_VENDOR = 60;
/** The editions and extensions among some names. */
function editionsSeen(names) {
    const extensions = [...names].filter(isExtension);
    const vendors = [...(0,grouped/* grouped */.z)(extensions, (name) => name.split('/', 1)[0] ?? '')]
        .filter(([vendor]) => vendor.length <= LONGEST_VENDOR && VENDOR.test(vendor))
        .map(([vendor, all]) => ({ vendor, packages: all.length }));
    return {
        products: PRODUCTS.filter(([name]) => names.has(name)).map(([, product]) => product),
        vendors: vendors.toSorted((a, b) => b.packages - a.packages || (a.vendor < b.vendor ? -1 : 1)),
    };
}
/** What an account sees at a repository, where its list was read anyway; undefined where it was not, or keeps none. */
function seenAt(named) {
    const listed = named?.repository.listed;
    if (listed?.kind !== 'names')
        return undefined;
    // Asked for with every package that is denied.
    const known = seen.get(listed.names) ?? editionsSeen(listed.names);
    seen.set(listed.names, known);
    return known;
}
const seen = new WeakMap();
/** The same without vendors whose name holds a secret: a server may call one so. */
function shownEditions(editions, { server }) {
    if (editions === undefined)
        return undefined;
    return { ...editions, vendors: editions.vendors.filter(({ vendor }) => server(vendor) === vendor) };
}
/** The metapackages whose requirements tell a product's packages, each product after those that it builds on. */
const METAPACKAGES = [
    ['magento/product-community-edition', 'open-source'],
    ['magento/product-enterprise-edition', 'commerce'],
    ['magento/extension-b2b', 'b2b'],
    ['magento/magento-cloud-metapackage', 'cloud'],
];
/**
 * Tells the family of a package: what the lock's own metapackages list is of their product; for all others the name tells.
 */
function familyTeller(lock) {
    const families = new Map();
    const metapackages = lock?.packages.filter(({ type }) => type === 'metapackage');
    const locked = new Map(metapackages?.map(({ name, requires }) => [name, requires]));
    for (const [metapackage, family] of METAPACKAGES) {
        // Extensions that a product brings along are still bought, or free, by themselves.
        for (const name of listedBy(metapackage, locked)) {
            if (!families.has(name) && familyOf(name) !== 'extension')
                families.set(name, family);
        }
    }
    return (name) => families.get(name) ?? familyOf(name);
}
/** What a metapackage requires, and what those metapackages require that are among it, such as `adobe-commerce/extensions-metapackage`. */
function listedBy(metapackage, locked) {
    const listed = new Set();
    const open = [metapackage];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const { name } of locked.get(next) ?? []) {
            if (!listed.has(name) && locked.has(name))
                open.push(name);
            listed.add(name);
        }
    }
    return listed;
}

// EXTERNAL MODULE: ./lib/problems/phrases.js
var phrases = __webpack_require__(350);
// EXTERNAL MODULE: ./lib/problems/vendors.js
var vendors = __webpack_require__(2563);
;// CONCATENATED MODULE: ./lib/check/joined-by-cause.js



/** Packages that are denied for one cause make one finding, at the first one's line. */
function joinedByCause(findings) {
    const causes = (0,grouped/* grouped */.z)(findings, (finding) => (finding.code === 'package-denied' ? causeOf(finding) : finding));
    return [...causes.values()].flatMap((same) => {
        const [first] = same;
        if (first?.code !== 'package-denied')
            return same;
        return [{ ...first, packages: same.flatMap(({ packages }) => packages) }];
    });
}
/** What must be put right: who withholds, how, and, as far as the remedy differs, what. */
function causeOf(finding) {
    const { reason, host, status } = finding;
    const same = [reason, host, status];
    switch (finding.reason) {
        case 'archive':
            return JSON.stringify([...same, finding.mayBeElsewhere, finding.cloned, finding.hiddenBy, ...remedyOf(finding)]);
        case 'not-visible':
            return JSON.stringify([...same, finding.mayBeElsewhere, finding.hiddenBy, ...remedyOf(finding)]);
        case 'filtered':
            return JSON.stringify([...same, finding.mayBeElsewhere, finding.filter]);
        case 'metadata':
            return JSON.stringify(same);
        case 'relative-url':
            return JSON.stringify([...same, finding.cloned, finding.hiddenBy]);
    }
}
/** What decides the steps: at Adobe what the account must be entitled to, elsewhere whether it may be a mirror of that. */
function remedyOf({ host, family, packages: [first = ''] }) {
    return (0,phrases/* isAdobe */.oJ)(host) ? [family, (0,vendors/* vendorOf */.A)(first)?.name] : [family !== 'extension'];
}

;// CONCATENATED MODULE: ./lib/check/archive-findings.js






const WEIGHTS = {
    no: 'fatal',
    yes: 'cloned',
    'by-version': 'cloned-by-version',
};
/**
 * What failing archives mean: one finding per cause.
 *
 * @param hasNext whether Composer goes on to further addresses, which all give what these do not
 */
async function archiveFindings(asked, context, hasNext = false) {
    const failing = asked.filter(({ answer }) => answer.kind === 'denied' || answer.kind === 'trouble');
    const instead = await clonedInstead(failing.map(({ archive }) => archive), context);
    const cloned = (one) => (isTooLate(one) ? 'no' : instead(one.archive));
    const denied = asked.flatMap(({ archive, answer }) => (answer.kind === 'denied' ? [{ archive, answer }] : []));
    const unheld = denied.filter(({ answer }) => wantsCredentials(answer));
    const denials = denied
        .filter((one) => !unheld.includes(one))
        .map((one) => denial(one.archive, one.answer, cloned(one), context));
    return [
        ...missingCredentials(unheld, cloned, context, hasNext),
        ...joinedByCause(denials),
        ...(hasNext ? [] : troubles(asked, cloned, context)),
    ];
}
/** Whether a host refuses everybody for whom nothing is sent. What is not found (404) may be missing. */
function wantsCredentials(answer) {
    return answer.kind === 'denied' && answer.anonymous && (answer.status === 401 || answer.status === 403);
}
/** Hosts that want credentials and for which Composer has none: one finding for each. */
function missingCredentials(unheld, cloned, context, hasNext) {
    const hosts = (0,grouped/* grouped */.z)(unheld, ({ answer }) => (0,composer_origin/* originOf */.yv)(answer.url));
    return [...hosts].flatMap(([host, all]) => {
        const needed = all.filter((one) => !hasNext && !one.archive.hiddenBy && !mayComeOtherwise(one, cloned));
        const [first = all[0]] = needed;
        if (first === undefined)
            return [];
        const { archive, answer } = first;
        const clones = cloned(first);
        const instead = hasNext ? 'next-address' : clones;
        return [
            {
                code: 'credentials-missing',
                reason: 'none-held',
                host,
                status: answer.status,
                url: answer.url,
                packages: all.map((one) => one.archive.name),
                needed: needed.length > 0,
                ...(needed.length > 0 || instead === 'no' ? {} : { instead }),
                unnamed: isUnnamed(host, context),
                place: archive.place(),
            },
        ];
    });
}
function mayComeOtherwise(one, cloned) {
    return one.archive.mayBeElsewhere || cloned(one) !== 'no';
}
/** composer.lock names a host, and nothing in composer.json does, neither a repository nor a package that stands there. */
function isUnnamed(host, { project, isNamed }) {
    if (project.manifest === undefined || !project.command.fromLock || isNamed(host))
        return false;
    return !project.repositories.some(({ entry }) => entry.inline.some(({ dist }) => (0,composer_origin/* originOf */.yv)(dist?.url ?? '') === host));
}
/** Tells of failing archives whether Composer clones their packages instead; looks the version up only where one could be. */
async function clonedInstead(failing, { project, holds }) {
    const mayBe = failing.some(({ hasSource }) => hasSource);
    const falls = mayBe ? await (0,install_source/* fallsBackToSource */.m)(project.installSource, holds) : false;
    return ({ hasSource }) => {
        if (!hasSource || falls === false)
            return 'no';
        return falls === undefined ? 'by-version' : 'yes';
    };
}
/** What fails no checksum fails when it is unpacked, and nothing is tried after that. */
function isTooLate({ archive, answer }) {
    return answer.kind === 'trouble' && answer.unreadable !== undefined && !archive.hasChecksum;
}
function denial({ name, family, hiddenBy, mayBeElsewhere, place }, { status, url, anonymous }, cloned, context) {
    const host = (0,composer_origin/* originOf */.yv)(url);
    return {
        code: 'package-denied',
        reason: 'archive',
        host,
        status,
        packages: [name],
        family,
        sees: seenAt(host === context.main.origin ? context.main : context.repositoryAt(host)),
        url,
        hiddenBy,
        mayBeElsewhere,
        cloned,
        anonymous,
        unnamed: isUnnamed(host, context),
        place: place(),
    };
}
/** Archives that fail for another reason than entitlement: one finding per host, and of those that are cloned one more. */
function troubles(asked, cloned, { credentialsFor, credentialsFrom, nodeExtraCaCerts }) {
    const hosts = (0,grouped/* grouped */.z)(asked.flatMap(({ archive, answer }) => answer.kind === 'trouble' && archive.hiddenBy === undefined
        ? [{ archive, answer, weight: WEIGHTS[cloned({ archive, answer })] }]
        : []), ({ answer, weight }) => `${weight} ${(0,composer_origin/* originOf */.yv)(answer.url)}`);
    return [...hosts.values()].flatMap(([first, ...others]) => {
        if (first === undefined)
            return [];
        const { archive, answer, weight } = first;
        const host = (0,composer_origin/* originOf */.yv)(answer.url);
        const held = { credentials: credentialsFor(host), from: () => credentialsFrom(host) };
        const packages = [first, ...others].map((one) => one.archive.name);
        const context = { host, ...held, nodeExtraCaCerts, packages, place: archive.place() };
        const finding = findingOf(answer.answer, answer.url, context, answer.unreadable);
        return finding === undefined ? [] : [weighted(finding, weight)];
    });
}

;// CONCATENATED MODULE: ./lib/check/insecure-archives.js




/** Source of the rule: `CurlDownloader::initDownload`, `Config::prohibitUrlByConfig`. */
function withoutHttp(archives, { project }) {
    if (!project.secureHttp)
        return { secure: archives, insecure: [] };
    const isHttp = (url) => /^http:/i.test(url);
    const insecure = archives.filter(({ urls }) => urls.length > 0 && urls.every(isHttp));
    const over = new Set(insecure);
    const secure = archives
        .filter((archive) => !over.has(archive))
        .map((archive) => archive.urls.some(isHttp) ? { ...archive, urls: archive.urls.filter((url) => !isHttp(url)) } : archive);
    return { secure, insecure };
}
/**
 * Archives that Composer refuses to download: a finding for each host.
 *
 * @param named what names them
 */
async function insecureFindings(archives, named, context) {
    const cloned = await clonedInstead(archives, context);
    const hosts = (0,grouped/* grouped */.z)(archives, ({ urls }) => (0,composer_origin/* originOf */.yv)(urls[0] ?? ''));
    return [...hosts].map(([host, group]) => ({
        code: 'insecure-url',
        host,
        what: 'archive',
        named,
        url: (0,shown_url/* shownUrl */.z)(group[0]?.urls[0] ?? ''),
        status: undefined,
        schemeless: false,
        packages: group.map(({ name }) => name),
        needed: group.some((archive) => isNeeded(archive, cloned)),
        place: group[0]?.place(),
    }));
}
function isNeeded(archive, cloned) {
    return archive.hiddenBy === undefined && !archive.mayBeElsewhere && cloned(archive) === 'no';
}

;// CONCATENATED MODULE: ./lib/check/packages-result.js
/** Where nothing was asked. */
const NOTHING_FOUND = { findings: [], checked: [], leftOut: 0, concluded: 0 };
/** What several checks found, one after the other. */
function together(results) {
    return {
        findings: results.flatMap(({ findings }) => findings),
        checked: results.flatMap(({ checked }) => checked),
        leftOut: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
        concluded: results.reduce((sum, { concluded }) => sum + concluded, 0),
    };
}

;// CONCATENATED MODULE: ./lib/check/repository-options.js



/**
 * Tells of a locked package whether Composer asks for its archive with what its own `transport-options` hold, or with the headers of the
 * repository that it belongs to: those of `options`, which composer.json has and, since 2.11, composer.lock has not. Where
 * the version is not known it may.
 */
async function askedWithOptions(context) {
    const restored = await askedWithRestored(context);
    return (locked) => locked.hasOptions || restored(locked);
}
async function askedWithRestored({ project, holds }) {
    const mayRestore = project.repositories.some(({ entry }) => entry.type === 'composer' && entry.hasHeaders);
    const restores = mayRestore && (await holds('restoresHeaders')) !== false;
    return (locked) => restores && belongsToHeaders(locked, project);
}
/** Whether the most specific repository to which an archive belongs has headers. Source: `RepositoryManager::findHttpHeaders`. */
function belongsToHeaders(locked, { repositories }) {
    const urls = (0,lock_file/* archiveUrls */.JJ)(locked);
    let closest = { length: -1, hasHeaders: false };
    for (const { entry } of repositories) {
        const base = entry.type === 'composer' ? (0,composer_repositories/* repositoryBase */.w7)(entry) : undefined;
        if (base === undefined || base.length <= closest.length)
            continue;
        const owns = urls.some((url) => url.startsWith(base) && /^(?:[/?#]|$)/.test(url.slice(base.length)));
        if (owns)
            closest = { length: base.length, hasHeaders: entry.hasHeaders };
    }
    return closest.hasHeaders;
}
/** Whether the coming command sends to a host what the options of a repository there hold, wherever it asks for something. */
async function sendsOptions(host, project, dev, context) {
    const atHost = project.repositories.some(({ entry }) => entry.type === 'composer' && entry.hasOptions && (0,composer_repositories/* repositoryOrigin */.jU)(entry) === host);
    if (!atHost || project.lock === undefined || !project.command.fromLock)
        return atHost;
    const restored = await askedWithRestored(context);
    return project.lock.packages
        .filter((locked) => (dev || !locked.dev) && (0,lock_file/* archiveUrls */.JJ)(locked).some((url) => (0,composer_origin/* originOf */.yv)(url) === host))
        .every((locked) => locked.hasOwnCredentials || restored(locked));
}

// EXTERNAL MODULE: ./lib/composer/installed/composer-versions.js
var composer_versions = __webpack_require__(1707);
;// CONCATENATED MODULE: ./lib/composer/installed/metadata-reading.js


const STOPS_NO_VERSION = { content: composer_versions/* NO_VERSION */.dG, status: composer_versions/* NO_VERSION */.dG };
/**
 * Whether and how a version of Composer reads packages.json of a repository beside what it needs from there.
 *
 * @param filter false where `filter: false` exempts the repository from the lists that block
 *
 * Source of the rules: `Installer.php`, `FilterListPoolFilter`, `SecurityAdvisoryPoolFilter`, `Advisory/Auditor.php`.
 */
function rootReading(version, policy, command, filter) {
    return strictest([
        ...(filter ? [filterReading(version, policy, command)] : []),
        advisoriesReading(version, policy, command),
    ]);
}
/** The same of the list of blocked packages that packages.json may name. */
function filterReading(version, policy, command) {
    const lists = blockingLists(version, policy, command);
    if (lists.length === 0)
        return 'unread';
    const { install, update } = policy.ignoresUnreachable;
    return (command.fromLock ? install : install && update) ? 'content-is-fatal' : 'all-is-fatal';
}
/** The same of the list of advisories that it may name. */
function advisoriesReading(version, policy, command) {
    if (command.fromLock)
        return 'unread';
    const { byPolicy, byAudit } = policy.advisories;
    const knowsPolicy = (0,version_rules/* holds */.v9)('knowsPolicy', version);
    if ((0,version_rules/* holds */.v9)('blocksAdvisories', version) && (knowsPolicy ? byPolicy : byAudit)) {
        return knowsPolicy && !policy.ignoresUnreachable.update ? 'all-is-fatal' : 'content-is-fatal';
    }
    // What fails at the end says so, and no more; only what is no JSON is not expected there.
    return command.name === 'update' && policy.audits && (0,version_rules/* holds */.v9)('auditsAfterUpdate', version)
        ? 'content-is-fatal'
        : 'unread';
}
/** The names of the lists that block what the coming command installs. */
function blockingLists(version, { lists }, { fromLock }) {
    if (!(0,version_rules/* holds */.v9)('readsRootOnInstall', version))
        return [];
    const known = lists.filter(({ name, scope }) => {
        if (!fromLock)
            return true;
        return scope !== 'update' && (name === 'malware' || (0,version_rules/* holds */.v9)('customListsOnInstall', version));
    });
    return known.map(({ name }) => name);
}
/** The versions that stop where a file fails that they read in some way. */
function stoppedVersions(readingIn) {
    return {
        content: (0,version_rules/* versionsWhere */.Fj)((version) => readingIn(version) !== 'unread'),
        status: (0,version_rules/* versionsWhere */.Fj)((version) => readingIn(version) === 'all-is-fatal'),
    };
}
function strictest(readings) {
    if (readings.includes('all-is-fatal'))
        return 'all-is-fatal';
    return readings.includes('content-is-fatal') ? 'content-is-fatal' : 'unread';
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/bounds/memory.js + 2 modules
var memory = __webpack_require__(6372);
// EXTERNAL MODULE: ./lib/server/failure.js
var failure = __webpack_require__(5049);
;// CONCATENATED MODULE: ./lib/server/document.js





/**
 * Takes out of an answer what is needed, and leaves the rest to be forgotten: a document takes many times the memory of
 * its bytes, and a repository may have hundreds.
 *
 * @param take throws RequestFailure where too much would be kept
 */
function readDocument(answer, url, sum, take) {
    const size = answer.kind === 'answered' ? answer.body.length : 0;
    (0,memory/* collectAfter */.J6)(size);
    const read = taken(answer, url, sum, take);
    (0,memory/* collectAfter */.J6)(size);
    return read;
}
function taken(answer, url, sum, take) {
    if (answer.kind === 'failed' || answer.status >= 300)
        return { kind: 'unusable', answer, url, unreadable: undefined };
    const { body } = answer;
    const unusable = (unreadable) => ({
        kind: 'unusable',
        answer: (0,server_answer/* withoutBody */.f)(answer),
        url,
        unreadable,
    });
    if (sum !== undefined && (0,external_node_crypto_.createHash)('sha256').update(body).digest('hex') !== sum.sha256)
        return unusable({ type: 'checksum' });
    const document = (0,json/* decodeJson */.xO)(body);
    if (document === undefined || document === null)
        return unusable({ type: 'not-json', looksLike: looks(body) });
    try {
        // To Composer a number, a text or a boolean is a file with nothing in it; `null` alone is none.
        return { kind: 'read', taken: take(typeof document === 'object' ? document : {}) };
    }
    catch (error) {
        if (!(error instanceof failure/* RequestFailure */.e6))
            throw error;
        const { tries, leftOrigin, status } = answer;
        const unread = { ...(0,server_answer/* failed */.g)(answer.url, error.failure, answer, status), tries, leftOrigin };
        return { kind: 'unusable', answer: unread, url, unreadable: undefined };
    }
}
function looks(body) {
    if (body.length === 0)
        return 'empty';
    if (body.length < 100 && body.toString('latin1').trim() === 'null')
        return 'null';
    // The magic number of gzip: a body that is compressed and does not say so.
    if (body[0] === 0x1f && body[1] === 0x8b)
        return 'gzip';
    return body.subarray(0, 512).toString('latin1').trimStart().startsWith('<') ? 'html' : 'text';
}

;// CONCATENATED MODULE: ./lib/check/check-advertised-lists.js







/**
 * The list of blocked packages that a repository names: beside a lock Composer asks for it, from 2.10 on. Without one it
 * takes it from what it has read of single packages.
 *
 * Source of the rule: `ComposerRepository::getFilter`.
 */
async function checkFilterList({ entry, named }, names, context) {
    const lists = entry.filter ? await named?.repository.lists() : undefined;
    if (lists?.filter === undefined)
        return [];
    const { policy, command } = context.project;
    const { url, asked, names: offered } = lists.filter;
    const wanted = (version) => blockingLists(version, policy, command).filter((list) => offered.includes(list));
    if (wanted(version_rules/* NEWEST */.RX).length === 0)
        return [];
    const stopped = stoppedVersions((version) => wanted(version).length === 0 ? 'unread' : filterReading(version, policy, command));
    const packages = namesFor(names, entry, lists.mayHave).map((name) => `pkg://composer/${name}`);
    const text = JSON.stringify({ packages, lists: wanted(version_rules/* NEWEST */.RX) });
    return asked === 'for-names'
        ? checkList(url, (transport) => transport.post(url, { contentType: 'application/json', text }), stopped, context)
        : checkList(url, (transport) => transport.get(url), stopped, context);
}
/**
 * The URL at which a repository tells security advisories: Composer asks it where it resolves, since 2.9 always, and before
 * at the end of an `update`.
 *
 * @param required names of packages that will be there
 *
 * Source of the rule: `ComposerRepository::getSecurityAdvisories`.
 */
async function checkAdvisories({ entry, named }, required, context) {
    const lists = await named?.repository.lists();
    const url = lists?.advisoriesUrl;
    if (lists === undefined || url === undefined)
        return [];
    const names = namesFor(required, entry, lists.mayHave);
    if (names.length === 0)
        return [];
    const { policy, command } = context.project;
    const stopped = stoppedVersions((version) => advisoriesReading(version, policy, command));
    const text = new URLSearchParams(names.map((name, index) => [`packages[${index}]`, name])).toString();
    const posted = { contentType: 'application/x-www-form-urlencoded', text };
    return checkList(url, (transport) => transport.post(url, posted), stopped, context);
}
function namesFor(names, entry, mayHave) {
    return names.filter((name) => (0,composer_repositories/* mayServe */.dK)(entry, name) && mayHave(name));
}
/** What is wrong with a list, where a version of Composer stops at that. */
async function checkList(url, ask, stopped, { transport, credentialsFor, credentialsFrom, nodeExtraCaCerts, deadline, version }) {
    if (deadline.passed() || !transport.mayAsk(url) || (0,composer_repositories/* isPublicForge */.DS)((0,composer_origin/* originOf */.yv)(url)))
        return [];
    if ((0,composer_versions/* isAmong */.FB)(stopped.content, await version()) === false)
        return [];
    const list = readDocument(await ask(transport), url, undefined, () => undefined);
    if (list.kind === 'read')
        return [];
    const host = (0,composer_origin/* originOf */.yv)(url);
    const context = { host, credentials: credentialsFor(host), from: () => credentialsFrom(host), nodeExtraCaCerts };
    const finding = findingOf(list.answer, url, { ...context, place: undefined }, list.unreadable);
    const found = finding && stopping(weighted(finding, 'unneeded'), stopped);
    return found?.stopsOnly === undefined ? [] : [found];
}

;// CONCATENATED MODULE: ./lib/check/resolved/asked-repositories.js







/**
 * The Composer repositories that resolving asks: one that fails stops Composer. A repository is asked only for names that
 * no canonical repository before it has, so one behind a repository that has everything may not be asked at all.
 *
 * Source of the rule: `DependencyResolver/PoolBuilder.php`.
 */
async function checkAskedRepositories(serving, served, context) {
    const findings = [];
    const isAsked = askedIn(serving, served);
    for (const repository of serving) {
        if (context.deadline.passed())
            break;
        const asked = isAsked(repository);
        if (asked)
            findings.push(...missingFolder(repository, context));
        if (repository.entry.type !== 'composer' || repository.isDefault)
            continue;
        const insecure = insecureUrl(repository, context, asked);
        if (insecure !== undefined)
            findings.push(insecure);
        else {
            const failures = await checkAsked(repository, asked, context);
            const names = served.flatMap(({ name, by }) => (by === undefined ? [] : [name]));
            findings.push(...failures, ...(failures.length > 0 ? [] : await checkAdvisories(repository, names, context)));
        }
    }
    return findings;
}
/** Tells of a repository whether resolving asks it for a root requirement: no canonical one before it has all that it may serve. */
function askedIn(serving, served) {
    const order = new Map(serving.map((repository, index) => [repository, index]));
    const isBefore = (by, index) => (order.get(by) ?? index) < index;
    return (repository) => {
        const index = order.get(repository) ?? 0;
        return served.some(({ name, by }) => (0,composer_repositories/* mayServe */.dK)(repository.entry, name) && (by === undefined || !by.entry.canonical || !isBefore(by, index)));
    };
}
/** A path repository whose folder is not there: Composer stops as soon as it looks for a package in it. Source: `PathRepository.php`. */
function missingFolder({ entry }, { project }) {
    const { manifest, pathPackages, pathOf } = project;
    // Those of the home's config.json are nothing of this project's.
    if (entry.type !== 'path' || !manifest?.repositories.includes(entry))
        return [];
    if (entry.url === '' || pathPackages(pathOf(entry.url)) !== 'missing')
        return [];
    const place = { path: manifest.path, position: entry.position };
    return [{ ...problem/* NO_SERVER */.QJ, code: 'manifest-invalid', reason: 'missing-folder', folder: entry.url, place }];
}
/** A repository over http, or without a scheme, which Composer refuses to open. */
function insecureUrl({ entry }, { project }, needed) {
    const schemeless = !/^[\w.]+\??:\/\//.test(entry.url);
    // A folder of this machine is a repository too.
    if (schemeless && (0,external_node_fs_.existsSync)(project.pathOf(entry.url)))
        return undefined;
    if (!project.secureHttp || entry.url === '' || (!schemeless && !/^http:/i.test(entry.url)))
        return undefined;
    const place = project.manifest === undefined ? undefined : { path: project.manifest.path, position: entry.position };
    const url = (0,shown_url/* shownUrl */.z)(entry.url);
    return {
        code: 'insecure-url',
        host: (0,composer_origin/* originOf */.yv)(schemeless ? `http://${url}` : url),
        url,
        what: 'repository',
        schemeless,
        status: undefined,
        packages: [],
        needed,
        place,
    };
}
/**
 * The repositories that magento/composer-dependency-version-audit-plugin asks while Composer installs from a lock: all of
 * them, for every package. Source: the plugin's `Plugin.php`, `packageUpdate`.
 */
async function checkForAuditPlugin(serving, context) {
    const asked = serving.filter(({ entry, isDefault }) => entry.type === 'composer' && !isDefault);
    const findings = await Promise.all(asked.map((repository) => checkAsked(repository, true, context)));
    return findings.flat().map((finding) => weighted(finding, 'plugin-reads'));
}
async function checkAsked({ named }, asked, context) {
    if (named === undefined)
        return [];
    const { finding } = await named.access();
    const weight = asked ? 'fatal' : 'perhaps';
    if (finding !== undefined)
        return [rootFinding(named, finding, weight)];
    const listing = await named.repository.listing();
    // packages.json is fine and a file that it names is not: an include, or a sum that does not match.
    return listing.kind === 'unusable'
        ? brokenFile(named, listing.why, context).map((broken) => weighted(broken, weight))
        : [];
}
/** What a failing packages.json means; where Composer has no credentials for it, that is what is to be mended. */
function rootFinding(named, finding, weight) {
    const { status, stopsOnly } = finding;
    if (named.credentials !== undefined || (status !== 401 && status !== 403))
        return weighted(finding, weight);
    return {
        code: 'credentials-missing',
        reason: 'none-held',
        host: named.origin,
        url: named.repository.rootUrl,
        status,
        packages: [],
        needed: weight === 'fatal',
        place: named.place,
        ...(stopsOnly === undefined ? {} : { stopsOnly }),
    };
}
/** What a file of a repository that Composer cannot use means: it stops at it. */
function brokenFile(named, why, { nodeExtraCaCerts, credentialsFrom }) {
    const { origin: host, credentials, place } = named;
    const context = { host, credentials, from: () => credentialsFrom(host), nodeExtraCaCerts, place };
    const finding = findingOf(why.answer, why.url, context, why.unreadable);
    return finding === undefined ? [] : [finding];
}

// EXTERNAL MODULE: ./lib/composer/link.js
var composer_link = __webpack_require__(5056);
// EXTERNAL MODULE: ./lib/composer/package-name.js
var package_name = __webpack_require__(5656);
// EXTERNAL MODULE: ./lib/composer/project-file.js
var project_file = __webpack_require__(9294);
// EXTERNAL MODULE: ./lib/composer/versions/stability.js
var versions_stability = __webpack_require__(5293);
// EXTERNAL MODULE: ./lib/composer/versions/version.js
var versions_version = __webpack_require__(2182);
;// CONCATENATED MODULE: ./lib/composer/version-entry.js







/** Holds without a bound, for documents of our own. */
function holdAnything(keep = () => { }) {
    return { links: new Map(), texts: new Map(), keep };
}
/** Source: composer/semver `VersionParser::DEFAULT_BRANCH_ALIAS`. */
const ANY_VERSION = '9999999-dev';
/** What is longer is no version that anybody asks for, and costs time wherever two are compared. Characters. */
const LONGEST_VERSION = 512;
/** What an object takes with its place in a list, about. Bytes. */
const OBJECT = 80;
const REFERENCE = 8;
const NONE = [];
/**
 * Opens a reader for the entries of one document, which gives undefined for what is no version or not of the wanted name.
 * Objects that entries share, as those of a minified list do, are read once.
 */
function versionReader(held, only) {
    const [requires, replaces, provides] = [linksReader(held), linksReader(held), linksReader(held)];
    const dists = once((dist) => (0,lock_file/* distOf */.ob)({ dist }));
    const branches = once(targetsByBranch);
    const dist = (value) => {
        const read = (0,json/* isJsonObject */.OW)(value) ? dists(value) : undefined;
        if (read !== undefined)
            held.keep(OBJECT + lengthOf(read));
        return read;
    };
    const both = (one, other) => {
        if (one.length === 0 || other.length === 0)
            return one.length === 0 ? other : one;
        held.keep(REFERENCE * (one.length + other.length));
        return [...one, ...other];
    };
    return (key, entry) => {
        const name = textOf(entry.name) ?? key;
        // A server's words, which go into what this action says.
        if (typeof entry.version !== 'string' || entry.version.length > LONGEST_VERSION || (0,project_file/* hasControls */.Lx)(entry.version))
            return undefined;
        if ((only !== undefined && name.toLowerCase() !== only) || !(0,package_name/* isPackageName */.k)(name))
            return undefined;
        const { version } = entry;
        const normalized = textOf(entry.version_normalized);
        held.keep(2 * OBJECT + version.length + (normalized?.length ?? 0));
        return {
            name: sharedText(held, name.toLowerCase()),
            version,
            versionNormalized: normalized !== undefined && normalized.length <= LONGEST_VERSION ? normalized : undefined,
            type: sharedText(held, textOf(entry.type) ?? 'library'),
            dist: dist(entry.dist),
            hasSource: (0,json/* isJsonObject */.OW)(entry.source),
            hasPublishedTime: isTime(entry['published-time']),
            aliases: aliasesOf(version, entry, branches),
            requires: requires(entry.require),
            provides: both(replaces(entry.replace), provides(entry.provide)),
        };
    };
}
/** Source of the rule: `ArrayLoader::configureObject`. */
function isTime(value) {
    return typeof value === 'number' || textOf(value) !== undefined;
}
/** Does work once for each object. */
function once(work) {
    const known = new WeakMap();
    return (object) => {
        const entry = known.get(object) ?? { result: work(object) };
        known.set(object, entry);
        return entry.result;
    };
}
/** Reads the lists of one kind in a document. Versions that follow each other mostly say the same, which is held once. */
function linksReader(held) {
    let last = NONE;
    const read = once((section) => {
        const links = (0,composer_link/* linksIn */.Lf)(section, (name, constraint) => sharedLink(held, name, constraint));
        if (links.length === last.length && links.every((link, index) => link === last[index]))
            return last;
        held.keep(OBJECT + REFERENCE * links.length);
        // Copied, since a list that was filled one by one has room for more.
        last = links.slice();
        return last;
    });
    return (section) => ((0,json/* isJsonObject */.OW)(section) ? read(section) : NONE);
}
function sharedLink(held, name, constraint) {
    const key = `${name} ${constraint}`;
    const known = held.links.get(key);
    if (known !== undefined)
        return known;
    held.keep(3 * OBJECT + key.length);
    const link = { name, constraint };
    held.links.set(key, link);
    return link;
}
function sharedText(held, text) {
    const known = held.texts.get(text);
    if (known !== undefined)
        return known;
    held.keep(OBJECT + text.length);
    held.texts.set(text, text);
    return text;
}
function lengthOf({ url, shasum, reference, mirrors }) {
    const texts = url.length + shasum.length + reference.length;
    return mirrors.reduce((sum, mirror) => sum + OBJECT + mirror.url.length, texts);
}
/** The lines of `branch-alias` by their branches in lower case, of which several may be one. */
function targetsByBranch(aliases) {
    const found = new Map();
    for (const line of Object.entries(aliases)) {
        const branch = line[0].toLowerCase();
        const same = found.get(branch);
        if (same === undefined)
            found.set(branch, [line]);
        else
            same.push(line);
    }
    return found;
}
/**
 * What a branch counts as besides its own name: what it says itself, else any version if it is the default one.
 *
 * @param entry composer.json of the package, or what metadata says of this version of it
 */
function aliasesOf(version, entry, targets = targetsByBranch) {
    if ((0,versions_stability/* stabilityOf */.nD)(version) !== 'dev')
        return NONE;
    const named = (0,json/* isJsonObject */.OW)(entry.extra) ? entry.extra['branch-alias'] : undefined;
    const alias = (0,json/* isJsonObject */.OW)(named) ? namedAlias(targets(named).get(version.toLowerCase()) ?? []) : undefined;
    if (alias !== undefined)
        return [alias];
    return entry['default-branch'] === true && numbersOf(version) === undefined ? [ANY_VERSION] : NONE;
}
function namedAlias(targets) {
    for (const [branch, target] of targets) {
        if (typeof target !== 'string' || target.length > LONGEST_VERSION)
            continue;
        const branchTarget = target.endsWith('-dev') ? (0,versions_version/* normalizedNumericBranch */.Fd)(target) : undefined;
        const alias = target === ANY_VERSION ? target : branchTarget;
        if (alias !== undefined && isWithin(target, branch))
            return alias;
    }
    return undefined;
}
/** A branch of numbers counts as nothing but a part of itself: 1.x-dev as 1.2.x-dev, and never as 2.x-dev. */
function isWithin(target, branch) {
    const [part, whole] = [numbersOf(target), numbersOf(branch)];
    return part === undefined || whole === undefined || part.startsWith(whole);
}
/** The numbers of 1.2.x-dev, with a dot behind each. */
function numbersOf(branch) {
    const numbers = /^((?:\d+\.)*\d+)(?:\.x)?-dev$/i.exec(branch)?.[1];
    return numbers && `${numbers}.`;
}
function textOf(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

// EXTERNAL MODULE: ./lib/check/resolved/path-packages.js + 1 modules
var path_packages = __webpack_require__(2972);
;// CONCATENATED MODULE: ./lib/check/resolved/serving-repositories.js





const UNKNOWN = { kind: 'unknown', packages: undefined };
/** So many repositories are looked at. Of what comes behind them nothing is known. */
const MOST_REPOSITORIES = 1000;
/** The enabled repositories of a project, in Composer's order. */
function servingRepositories({ project, named }) {
    const repositories = project.repositories.slice(0, MOST_REPOSITORIES);
    const serving = repositories.map(({ entry, named: by }) => {
        const place = by === 'project' && project.manifest !== undefined
            ? { path: project.manifest.path, position: entry.position }
            : undefined;
        const repository = entry.type === 'composer' ? named(entry, place) : undefined;
        return {
            entry,
            origin: repository?.origin ?? (0,shown_url/* shownUrl */.z)(entry.url),
            authenticated: repository?.credentials !== undefined,
            isDefault: by === 'default',
            named: repository,
            versions: (name, dev) => versionsIn(entry, repository, project, name, dev),
        };
    });
    return repositories.length < project.repositories.length ? [...serving, FURTHER] : serving;
}
/**
 * Whether no repository behind one is asked for a name of which it has versions, none of which fits.
 *
 * @param claimed some version is stable enough
 */
function endsSearch({ entry }, { stableOnly }, { claimed }) {
    return entry.canonical && (claimed || !stableOnly);
}
/** Stands for those that are not looked at: they may serve any name. */
const FURTHER = {
    entry: composer_repositories/* UNNAMED_REPOSITORY */.Ev,
    origin: '',
    authenticated: false,
    isDefault: false,
    named: undefined,
    versions: async () => UNKNOWN,
};
async function versionsIn(entry, repository, project, name, dev) {
    switch (entry.type) {
        case 'composer': {
            return (await repository?.repository.versions(name, dev)) ?? UNKNOWN;
        }
        case 'package':
            return found((inlineByName(entry).get(name) ?? []).map((one) => ({ ...localVersion(one), ...archiveIn(one) })));
        case 'path':
            return pathVersions(project, entry, name);
        default:
            return UNKNOWN;
    }
}
const inline = new WeakMap();
/** The packages of a `package` repository, of which there may be thousands, asked for thousands of names. */
function inlineByName(entry) {
    const known = inline.get(entry) ?? (0,grouped/* grouped */.z)(entry.inline, ({ name }) => name);
    inline.set(entry, known);
    return known;
}
/** The packages in the folders that a path repository means, in every version that Composer may guess where they name none. */
async function pathVersions(project, { url, versions }, name) {
    const known = project.pathPackages(project.pathOf(url));
    // Composer stops at a folder that is missing: see `missingFolder`.
    if (known === undefined || known === 'missing')
        return UNKNOWN;
    const packages = [];
    for (const one of known.get(name) ?? [])
        packages.push(...(await versionsOf(one, versions, project)));
    return packages.some(({ version }) => version === '') ? { kind: 'unknown', packages } : found(packages);
}
/** A package in a folder; with an empty version where that cannot be told. */
async function versionsOf(one, given, { guessedVersions }) {
    const described = (0,path_packages/* describedIn */.l)(one, given);
    const versions = described.version === '' ? await guessedVersions(one.folder, one.manifest) : [described.version];
    return (versions ?? ['']).map((version) => ({
        ...localVersion({ ...described, version }),
        aliases: aliasesOf(version, one.manifest),
    }));
}
function found(versions) {
    return versions.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions, stableOnly: false };
}
/** What a `package` repository says of where a package is had. */
function archiveIn({ type, dist, hasSource }) {
    return { type, dist, hasSource };
}
function localVersion({ name, version, requires, provides, }) {
    return {
        name,
        version,
        requires,
        provides,
        versionNormalized: undefined,
        type: 'library',
        dist: undefined,
        hasSource: false,
        hasPublishedTime: false,
        aliases: [],
    };
}

;// CONCATENATED MODULE: ./lib/check/locked/unlisted-archives.js




/** So many of a group are asked for before anything is concluded about the others. */
const ASKED_OF_GROUP = 3;
/** A group of no more than these is asked for as a whole: that takes no longer. */
const SMALL_GROUP = 8;
/**
 * Asks for the archives of packages that a repository does not list to this account. Each may be had all the same, so each
 * is asked for, but for one case: the account sees nothing of a group, an edition or a vendor, and some of its archives are
 * all refused in the same way. Then it is not entitled to that group, and the others are refused likewise.
 *
 * @param isSeen whether the account sees anything of a group
 * @param alongside further archives to ask for at the same time: each round of requests takes as long as the server is far
 */
async function askUnlisted(archives, isSeen, alongside, context) {
    const unseen = archives.filter((archive) => !isSeen(archive.group) && isAskedAlike(archive));
    const large = [...(0,grouped/* grouped */.z)(unseen, circumstances).values()].filter((all) => all.length > SMALL_GROUP);
    const parts = large.map((all) => {
        const some = spreadOver(all);
        return { some, others: all.filter((archive) => !some.includes(archive)) };
    });
    const put = new Set(parts.flatMap(({ others }) => others));
    const answers = new Map();
    const ask = async (wanted) => {
        for (const { archive, answer } of await askAll(wanted, context))
            answers.set(archive, answer);
    };
    await ask([...archives.filter((archive) => !put.has(archive)), ...alongside]);
    const refused = parts.flatMap(({ some, others }) => {
        const refusal = commonRefusal(some.map((archive) => answers.get(archive)));
        return refusal === undefined ? [] : others.map((archive) => [archive, refusedLikewise(archive, refusal)]);
    });
    for (const [archive, answer] of refused)
        answers.set(archive, answer);
    await ask(archives.filter((archive) => !answers.has(archive)));
    const answered = (archive) => ({ archive, answer: answers.get(archive) ?? { kind: 'unknown' } });
    return {
        // In the order of the lock, which is that of the findings.
        asked: archives.map(answered),
        alongside: alongside.map(answered),
        concluded: refused.length,
    };
}
/** Of what has mirrors too nothing is concluded, since another server would be asked, nor of what is asked for with credentials of its own. */
function isAskedAlike({ urls }) {
    return urls.length === 1 && (0,effective_credentials/* credentialsInUrl */.FB)(urls[0] ?? '') === undefined;
}
/** What decides what a refusal comes to: no error is concluded from archives whose refusal is none by itself. */
function circumstances({ group, hiddenBy, hasSource }) {
    return `${group} ${hiddenBy} ${hasSource}`;
}
/** The first, the last and one in the middle. */
function spreadOver(archives) {
    const step = (archives.length - 1) / (ASKED_OF_GROUP - 1);
    return Array.from({ length: ASKED_OF_GROUP }, (_, index) => archives[Math.round(index * step)]).filter((archive) => archive !== undefined);
}
function commonRefusal(answers) {
    const [first] = answers;
    if (first?.kind !== 'denied')
        return undefined;
    const alike = answers.every((answer) => answer?.kind === 'denied' && answer.status === first.status);
    return alike ? first : undefined;
}
function refusedLikewise({ urls: [url = ''] }, refusal) {
    return { ...refusal, url: (0,shown_url/* shownUrl */.z)(url) };
}

;// CONCATENATED MODULE: ./lib/check/locked/archive-hosts.js






/**
 * Asks for archives host by host, by the address that Composer tries first. Where a host refuses everybody who has no
 * credentials, what has another address is asked for there: a mirror's token may be missing, and all archives come from elsewhere.
 */
async function checkArchiveHosts(archives, context) {
    const byOrigin = (0,grouped/* grouped */.z)(archives, ({ urls }) => (0,composer_origin/* originOf */.yv)(urls[0] ?? ''));
    const results = [];
    // One after the other: eight requests at a time are as many as Composer makes to one host.
    for (const [origin, group] of byOrigin) {
        if (!mayAsk(group[0]?.urls[0] ?? '', context))
            continue;
        if (context.deadline.passed())
            results.push({ ...NOTHING, leftOut: group.length });
        else
            results.push(await checkHost(origin, group, context));
    }
    return archive_hosts_together(results);
}
const NOTHING = { findings: [], checked: new Set(), failing: new Set(), leftOut: 0, concluded: 0 };
function archive_hosts_together(results) {
    return {
        findings: results.flatMap(({ findings }) => findings),
        checked: new Set(results.flatMap(({ checked }) => [...checked])),
        failing: new Set(results.flatMap(({ failing }) => [...failing])),
        leftOut: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
        concluded: results.reduce((sum, { concluded }) => sum + concluded, 0),
    };
}
/** The packages of a lock that come from one host. */
async function checkHost(origin, archives, context) {
    const repository = origin === context.main.origin ? context.main : context.repositoryAt(origin);
    if (!archives.some(({ urls }) => isHeld(urls[0] ?? '', context)))
        return checkUnheldHost(origin, archives, context);
    if (repository === undefined)
        return resultOf(archives, await askSample(archives, context), context);
    const { finding } = await repository.access();
    if (finding !== undefined)
        return weighedByArchives(finding, archives, context);
    const listing = await repository.repository.listing();
    if (listing.kind !== 'names')
        return resultOf(archives, await askSample(archives, context), context);
    const { names, groupOf: listOf } = listing;
    const listed = archives.filter(({ name }) => names.has(name));
    const visible = listed.map((archive) => ({
        ...archive,
        group: groupOf(archive.name, listOf(archive.name), archive.family),
    }));
    const unlisted = archives.filter(({ name }) => !names.has(name));
    const groups = unlisted.length === 0 ? [] : [...names].map((name) => groupOf(name, ''));
    const seen = new Set([...groups, ...listed.map(({ group }) => group)]);
    const isSeen = (group) => seen.has(group);
    const { asked, alongside, concluded } = await askUnlisted(unlisted, isSeen, sampleOf(visible), context);
    const sampled = await withSuspicious(alongside, visible, context);
    return { ...(await resultOf(archives, [...asked, ...sampled], context)), concluded };
}
/** What some archives of a group came to, which speak for all of it. */
async function resultOf(archives, asked, context) {
    const namesOf = (...kinds) => new Set(asked.flatMap(({ archive, answer }) => (kinds.includes(answer.kind) ? [archive.name] : [])));
    const unknown = namesOf('unknown');
    return {
        ...NOTHING,
        findings: await archiveFindings(asked, context),
        checked: new Set(archives.flatMap(({ name }) => (unknown.has(name) ? [] : [name]))),
        failing: namesOf('denied', 'trouble'),
    };
}
/** packages.json fails beside a lock: then the archives decide what that means. */
async function weighedByArchives(finding, archives, context) {
    const result = { ...NOTHING, checked: new Set(archives.map(({ name }) => name)) };
    const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined);
    if (needed.length === 0)
        return { ...result, findings: [weighted(finding, 'unneeded')] };
    // What Composer clones where its archive fails decides nothing as long as there is anything else.
    const cloned = await clonedInstead(needed, context);
    const certain = needed.filter((archive) => cloned(archive) === 'no');
    const [first = needed[0]] = certain;
    const asked = await askSample(certain.length === 0 ? needed : certain, context);
    const known = asked.filter(({ answer }) => answer.kind !== 'unknown');
    const failing = new Set(known.flatMap(({ archive, answer }) => (answer.kind === 'there' ? [] : [archive.name])));
    const weigh = (weight) => weighted(finding, weight);
    if (known.length === 0)
        return { ...result, findings: [weigh('perhaps')] };
    if (failing.size === 0)
        return { ...result, findings: [weigh('archives-work')] };
    if (known.every((one) => failsLike(finding, one))) {
        const instead = first === undefined ? 'no' : cloned(first);
        const weight = instead === 'no' ? 'archives-fail' : WEIGHTS[instead];
        return { ...result, failing: new Set(archives.map(({ name }) => name)), findings: [weigh(weight)] };
    }
    return { ...result, failing, findings: [weigh('archives-differ'), ...(await archiveFindings(asked, context))] };
}
/**
 * Whether an archive fails in the way in which packages.json fails. Where the keys themselves are refused any denial is
 * one and the same: what an archive answers to bad keys has changed over the years (401, 403 and 404 were seen).
 */
function failsLike(finding, { answer }) {
    const { status } = finding;
    if (answer.kind === 'denied')
        return finding.code.startsWith('keys-') || answer.status === status;
    if (answer.kind !== 'trouble')
        return false;
    return answer.answer.kind === 'answered' ? answer.answer.status === status : status === undefined;
}
/** A host for which Composer holds nothing: one archive tells whether it wants something, or cannot be reached at all. */
async function checkUnheldHost(origin, archives, context) {
    const cloned = await clonedInstead(archives, context);
    const sample = archives.find((one) => one.hiddenBy === undefined && cloned(one) === 'no') ?? archives[0];
    if (sample === undefined)
        return NOTHING;
    const [asked] = await askAll([{ ...sample, urls: sample.urls.filter((url) => (0,composer_origin/* originOf */.yv)(url) === origin) }], context);
    if (asked?.answer.kind === 'there')
        return resultOf(archives, [asked], context);
    if (asked === undefined || !concernsAll(asked.answer)) {
        return resultOf(archives, await askSample(archives, context), context);
    }
    const further = archives.flatMap((archive) => {
        const urls = archive.urls.filter((url) => (0,composer_origin/* originOf */.yv)(url) !== origin);
        return urls.length === 0 ? [] : [{ ...archive, urls }];
    });
    const elsewhere = await checkArchiveHosts(further, context);
    const hasNext = new Set(further.map(({ name }) => name));
    const failing = archives.filter(({ name }) => !hasNext.has(name) || elsewhere.failing.has(name));
    const concerned = failing.length === 0 ? archives : failing;
    const { answer } = asked;
    const own = await archiveFindings(concerned.map((archive) => ({ archive, answer })), context, failing.length === 0);
    return {
        ...elsewhere,
        findings: [...own, ...elsewhere.findings],
        checked: new Set(archives.map(({ name }) => name)),
        failing: new Set(failing.map(({ name }) => name)),
    };
}
/** Whether what came for one archive says the same of all at that host: it wants credentials, or does not work. */
function concernsAll(answer) {
    return wantsCredentials(answer) || (answer.kind === 'trouble' && answer.unreadable === undefined);
}

// EXTERNAL MODULE: ./lib/composer/http-basic.js
var http_basic = __webpack_require__(9147);
;// CONCATENATED MODULE: ./lib/check/locked/github-archives.js




/** Asking it is free of charge. Source: GitHub's documentation, "REST API endpoints for rate limits". */
const RATE_LIMIT = 'https://api.github.com/rate_limit';
/** Requests an hour from one address without a token. Source: GitHub's documentation, "Rate limits for the REST API". */
const WITHOUT_TOKEN = 60;
/**
 * Whether GitHub's API will give as many archives as a lock downloads from there: asked once, with the token that Composer
 * holds. No archive is asked for. Where GitHub answers anything else nothing is known.
 */
async function checkGitHubArchives(archives, context) {
    const needed = archives.filter(({ urls, hiddenBy }) => hiddenBy === undefined && /^https:\/\/api\.github\.com\//i.test(urls[0] ?? ''));
    const held = context.gitHubToken;
    const [first] = needed;
    if (first === undefined || held === 'other' || context.deadline.passed())
        return [];
    const facts = {
        code: 'github-token-insufficient',
        host: github_token/* GITHUB */.U,
        status: undefined,
        packages: needed.map(({ name }) => name),
    };
    if (held === undefined) {
        if (needed.length <= WITHOUT_TOKEN)
            return [];
        const cloned = await worst(needed, context);
        return [{ ...facts, reason: 'none-held', limit: WITHOUT_TOKEN, cloned, place: first.place() }];
    }
    const header = (0,http_basic/* headersInstead */.B)([`Authorization: token ${held.token}`]);
    if (header === undefined)
        return [];
    const answer = await context.transport.getOnceAtHost(RATE_LIMIT, header);
    const { from } = held;
    const place = from.from === 'elsewhere' ? (from.place ?? first.place()) : first.place();
    // Behind a redirect it was not sent.
    if (answer.kind === 'answered' && answer.status === 401 && !answer.leftOrigin) {
        return [{ ...facts, reason: 'rejected', status: 401, from, cloned: await worst(needed, context), place }];
    }
    const left = requestsLeft(answer);
    if (left === undefined || left.remaining >= needed.length)
        return [];
    return [{ ...facts, reason: 'few-left', ...left, from, cloned: await worst(needed, context), place }];
}
/** What Composer does without these archives: it stops if it stops at one of them. */
async function worst(archives, context) {
    const cloned = await clonedInstead(archives, context);
    const all = new Set(archives.map(cloned));
    return ['no', 'by-version', 'yes'].find((one) => all.has(one)) ?? 'yes';
}
function requestsLeft(answer) {
    if (answer.kind !== 'answered' || answer.status !== 200)
        return undefined;
    const core = member(member((0,json/* decodeJson */.xO)(answer.body), 'resources'), 'core');
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => count(member(core, name)));
    if (limit === undefined || remaining === undefined)
        return undefined;
    return { limit, remaining, resets: reset === undefined ? undefined : timeOf(reset) };
}
function member(value, name) {
    return (0,json/* isJsonObject */.OW)(value) ? value[name] : undefined;
}
function count(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
/** Seconds since 1970 as a time of day. */
function timeOf(seconds) {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(11, 16)} UTC`;
}

;// CONCATENATED MODULE: ./lib/check/locked/locked-packages.js














/** Magento projects since 2.4.3 have it: it makes Composer read metadata even when it installs from a lock. */
const AUDIT_PLUGIN = 'magento/composer-dependency-version-audit-plugin';
/**
 * What `composer install` would download from a lock: archives and nothing else. Metapackages have none, and what is in
 * the vendor folder or in the file cache is not downloaded.
 */
async function checkLockedPackages(lock, dev, context) {
    const archives = await archivesOf(lock, dev, context);
    const local = archives.filter(isLocal);
    const relative = local.filter(({ urls }) => !(0,external_node_fs_.existsSync)(context.project.pathOf(urls[0] ?? '')));
    const rest = without(archives, local);
    const { secure, insecure } = withoutHttp(rest, context);
    const cloned = await clonedInstead(relative, context);
    const findings = [...relativeFindings(relative, cloned), ...(await insecureFindings(insecure, 'lock', context))];
    const installsPlugin = downloaded(lock, dev, context).some(({ name }) => name === AUDIT_PLUGIN);
    const auditing = installsPlugin && context.project.runsPlugin(AUDIT_PLUGIN);
    if (auditing &&
        archives.some(({ name, hiddenBy }) => name !== AUDIT_PLUGIN && hiddenBy !== 'vendor' && hiddenBy !== 'perhaps-vendor')) {
        findings.push(...(await checkForAuditPlugin(servingRepositories(context), context)));
    }
    findings.push(...(await checkGitHubArchives(secure, context)));
    const hosts = await checkArchiveHosts(secure, context);
    return { ...hosts, findings: [...findings, ...hosts.findings], checked: [...hosts.checked] };
}
/** The same of packages that Composer may take in another version, or leave out: of these only a refusal counts, as a warning. */
async function checkOpenPackages(lock, dev, context) {
    const archives = (await archivesOf(lock, dev, context)).filter((archive) => !isLocal(archive));
    const { secure } = withoutHttp(archives, context);
    const asked = await askSample(secure.map((archive) => ({ ...archive, mayBeElsewhere: true })), context);
    const known = asked.filter(({ answer }) => answer.kind === 'there' || answer.kind === 'denied');
    return {
        ...NOTHING_FOUND,
        findings: await archiveFindings(known, context),
        checked: known.map(({ archive }) => archive.name),
    };
}
/** What Composer downloads of a lock: metapackages have no archive, and what it clones first it asks for only where that fails. */
function downloaded({ packages }, dev, context) {
    return packages.filter((locked) => locked.type !== 'metapackage' && (dev || !locked.dev) && !isClonedFirst(locked, context));
}
async function archivesOf(lock, dev, context) {
    // What is asked for with credentials of its own cannot be asked for from here.
    const hasOptions = await askedWithOptions(context);
    const familyOf = familyTeller(lock);
    return downloaded(lock, dev, context).flatMap((locked) => {
        const archive = archiveOf(locked, familyOf(locked.name), lock, context);
        if (!hasOptions(locked))
            return archive;
        for (const { urls } of archive)
            context.unchecked.add((0,composer_origin/* originOf */.yv)(urls[0] ?? ''), 'options');
        return [];
    });
}
/** An address without a host is a file of this machine, as artifact repositories name them. */
function isLocal({ urls }) {
    return !/^[a-z][a-z0-9+.-]*:/i.test(urls[0] ?? '');
}
/** Composer asks for the archive of what it clones first only where that fails. */
function isClonedFirst({ name, version, hasSource }, { project }) {
    return hasSource && project.installSource.prefersSource(name, version);
}
function archiveOf(locked, family, lock, { project }) {
    const { name, dist, hasSource, position } = locked;
    // A path is a folder of this machine.
    if (dist === undefined || dist.type === 'path')
        return [];
    const urls = (0,lock_file/* archiveUrls */.JJ)(locked);
    return [
        {
            name,
            urls,
            group: groupOf(name, '', family),
            family,
            hiddenBy: project.alreadyThere(locked, urls),
            type: dist.type,
            hasChecksum: dist.shasum !== '',
            hasSource,
            mayBeElsewhere: false,
            place: () => ({ path: lock.path, position: position() }),
        },
    ];
}
function without(archives, others) {
    const taken = new Set(others);
    return archives.filter((archive) => !taken.has(archive));
}
function relativeFindings(archives, cloned) {
    const groups = (0,grouped/* grouped */.z)(archives, (archive) => `${archive.hiddenBy} ${cloned(archive)}`);
    return [...groups.values()].map((group) => ({
        code: 'package-denied',
        reason: 'relative-url',
        host: undefined,
        status: undefined,
        packages: group.map(({ name }) => name),
        url: group[0]?.urls[0],
        hiddenBy: group[0]?.hiddenBy,
        cloned: group[0] === undefined ? 'no' : cloned(group[0]),
        place: group[0]?.place(),
    }));
}

;// CONCATENATED MODULE: ./lib/check/resolved/cooldown.js



/**
 * Where a cooldown is set, Composer stops at a version of which the repository does not tell when it was published: at
 * any that it could take, since it looks at all of them before it chooses.
 *
 * Source of the rule: `CooldownPoolFilter`, `CooldownPolicyConfig::assertPublishedTimeProvided`.
 */
async function checkCooldown(taken, context) {
    const { cooldown } = context.project.policy;
    if (cooldown === undefined)
        return [];
    const lacking = taken.flatMap(({ name, fitting, from }) => {
        const ignored = cooldown.ignored.some((pattern) => (0,composer_repositories/* nameMatches */.F5)(pattern, name));
        const version = fitting.find((one) => !one.hasPublishedTime && (0,versions_stability/* stabilityOf */.nD)(one.version) !== 'dev');
        return version === undefined || ignored || !from.requiresPublishedTime ? [] : [{ name, version, from }];
    });
    if (lacking.length === 0 || (await context.holds('knowsCooldown')) === false)
        return [];
    return [...(0,grouped/* grouped */.z)(lacking, ({ from }) => from.url).values()].flatMap(([first, ...others]) => {
        if (first === undefined)
            return [];
        const { url, origin, place } = first.from;
        return [
            {
                code: 'published-time-missing',
                host: origin,
                url,
                status: undefined,
                packages: [first, ...others].map(({ name }) => name),
                version: first.version.version,
                named: place !== undefined,
                byVariable: cooldown.byVariable,
                place,
            },
        ];
    });
}

// EXTERNAL MODULE: ./lib/server/addresses.js
var addresses = __webpack_require__(1743);
;// CONCATENATED MODULE: ./lib/composer/advertised-lists.js


/**
 * What packages.json names; only repositories of v2 are listened to.
 *
 * Source of the rules: `ComposerRepository::loadRootServerFile`, `ComposerRepositoryFilterInformation::fromData`.
 */
function readAdvertisedLists(root) {
    const isV2 = typeof root['metadata-url'] === 'string' && root['metadata-url'] !== '';
    if (!isV2)
        return { filter: undefined, advisoriesUrl: undefined };
    return { filter: filterOf(root.filter), advisoriesUrl: advisoriesUrlOf(root['security-advisories']) };
}
function filterOf(filter) {
    if (!(0,json/* isJsonObject */.OW)(filter) || !(0,json/* isTruthy */.zz)(filter.metadata ?? false))
        return undefined;
    const lists = (0,json/* isJsonObject */.OW)(filter.lists) ? Object.entries(filter.lists) : [];
    const enabled = lists.filter(([, list]) => (0,json/* isJsonObject */.OW)(list) && (0,json/* isTruthy */.zz)(list.enabled ?? false));
    const names = enabled.map(([name]) => name);
    const [forNames, whole] = [(0,project_file/* readUrl */.wo)(filter['api-url']), (0,project_file/* readUrl */.wo)(filter['summary-url'])];
    if (names.length === 0 || (forNames === '' && whole === ''))
        return undefined;
    return forNames === '' ? { names, url: whole, asked: 'as-a-whole' } : { names, url: forNames, asked: 'for-names' };
}
function advisoriesUrlOf(advisories) {
    if (!(0,json/* isJsonObject */.OW)(advisories) || (0,json/* isTruthy */.zz)(advisories.metadata ?? false))
        return undefined;
    return (0,project_file/* readUrl */.wo)(advisories['api-url']) || undefined;
}

;// CONCATENATED MODULE: ./lib/composer/metadata.js




/**
 * Reads packages.json, which was found to be an object or a list, or a file that it includes.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
function readRoot(data, keep = () => { }) {
    const root = (0,json/* isJsonObject */.OW)(data) ? data : {};
    const metadataUrl = metadata_textOf(root['metadata-url']);
    const available = textsOf(root['available-packages']);
    const patterns = textsOf(root['available-package-patterns']);
    // An empty list is none: PHP's `empty`.
    const lists = available.length > 0 || patterns.length > 0;
    const lazyUrl = metadataUrl === undefined ? metadata_textOf(root['providers-lazy-url']) : undefined;
    const perName = metadataUrl !== undefined || lazyUrl !== undefined;
    const listed = metadata_textOf(root['providers-url']) !== undefined || !isEmpty(root.providers);
    const read = {
        metadataUrl,
        lazyUrl,
        available: lists ? new Set(available.map((name) => name.toLowerCase())) : undefined,
        availablePatterns: lists ? patterns : undefined,
        providersUrl: metadataUrl === undefined ? metadata_textOf(root['providers-url']) : undefined,
        providerIncludes: metadataUrl === undefined ? hashed(root['provider-includes']) : [],
        listsNames: metadataUrl === undefined,
        // A repository that lists names, or answers for single ones, is not looked at for files that hold packages.
        includes: !perName && !listed && (0,json/* isJsonObject */.OW)(root.includes) ? Object.keys(root.includes) : [],
        holdsPackages: perName || !listed,
        mirrors: mirrorsOf(root.mirrors),
        lists: readAdvertisedLists(root),
    };
    const texts = [...available, ...patterns, ...read.mirrors.map(({ url }) => url), ...(read.lists.filter?.names ?? [])];
    const links = [...read.providerIncludes.map(({ path }) => path), ...read.includes];
    keep([...texts, ...links].reduce((sum, text) => sum + TEXT + text.length, 0) + TEXT * links.length);
    return read;
}
/** What a text takes beside its letters, in a list or a set. Bytes. */
const TEXT = 60;
/**
 * The `providers` of an include file: names with the sha256 of their package files; empty for null, with which Nexus says that
 * there is none.
 */
function* readProviders(data) {
    const providers = (0,json/* isJsonObject */.OW)(data) && (0,json/* isJsonObject */.OW)(data.providers) ? data.providers : {};
    for (const name in providers) {
        const entry = providers[name];
        if (!(0,json/* isJsonObject */.OW)(entry))
            continue;
        const { sha256 } = entry;
        if (typeof sha256 === 'string' || sha256 === null)
            yield [name.toLowerCase(), sha256 ?? ''];
    }
}
/**
 * The versions in `packages`: an object or a list per name, the list possibly minified (each version says only what
 * differs from the one before). Source: `ComposerRepository`, `composer/metadata-minifier`.
 *
 * @param only the name whose versions are wanted, where not all are
 */
function readPackages(data, held = holdAnything(), only) {
    if (!(0,json/* isJsonObject */.OW)(data) || !(0,json/* isJsonObject */.OW)(data.packages))
        return [];
    const { packages, minified } = data;
    const read = versionReader(held, only);
    const found = [];
    for (const name in packages) {
        const versions = (0,json/* valuesOf */.sm)(packages[name]).filter(json/* isJsonObject */.OW);
        for (const entry of minified === 'composer/2.0' ? expanded(versions) : versions) {
            const version = read(name, entry);
            if (version !== undefined)
                found.push(version);
        }
    }
    return found;
}
/**
 * Whether all versions of a package have a `uid`, as those of the first protocol do.
 *
 * Source of the rule: `ComposerRepository::whatProvides`.
 */
function haveUid(data, name) {
    if (!(0,json/* isJsonObject */.OW)(data) || !(0,json/* isJsonObject */.OW)(data.packages))
        return true;
    const entries = Object.values(data.packages).flatMap(json/* valuesOf */.sm).filter(json/* isJsonObject */.OW);
    return entries.every((entry) => {
        return typeof entry.name !== 'string' || entry.name.toLowerCase() !== name || Object.hasOwn(entry, 'uid');
    });
}
/** The entries of a minified list, each with what it leaves out since the one before says it. */
function* expanded(versions) {
    let previous = {};
    for (const version of versions) {
        previous = merged(previous, version);
        yield previous;
    }
}
/** What is read of a version; no more is carried from one to the next. */
const KEYS = [
    'name',
    'version',
    'version_normalized',
    'type',
    'published-time',
    'source',
    'dist',
    'extra',
    'default-branch',
    'require',
    'replace',
    'provide',
];
function merged(previous, version) {
    const result = {};
    for (const key of KEYS) {
        const value = Object.hasOwn(version, key) ? version[key] : previous[key];
        if (value !== undefined && value !== '__unset')
            result[key] = value;
    }
    return result;
}
/** Source of the rule: `ComposerRepository::loadRootServerFile`. */
function mirrorsOf(value) {
    return (0,json/* valuesOf */.sm)(value).flatMap((mirror) => {
        const url = (0,json/* isJsonObject */.OW)(mirror) ? (0,project_file/* readUrl */.wo)(mirror['dist-url']) : '';
        return (0,json/* isJsonObject */.OW)(mirror) && url !== '' ? [{ url, preferred: Boolean(mirror.preferred) }] : [];
    });
}
function isEmpty(value) {
    return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
function hashed(value) {
    if (!(0,json/* isJsonObject */.OW)(value))
        return [];
    return Object.entries(value).map(([path, entry]) => {
        const sha256 = (0,json/* isJsonObject */.OW)(entry) ? entry.sha256 : undefined;
        return { path, sha256: typeof sha256 === 'string' ? sha256 : '' };
    });
}
function metadata_textOf(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function textsOf(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

;// CONCATENATED MODULE: ./lib/server/package-versions.js






/** The versions of a package, as the repository describes them; asks for its file where they stand in one of their own. */
async function askForVersions(contents, name, dev, source) {
    const found = await package_versions_versionsIn(contents, name, dev, source);
    if (found.kind !== 'versions')
        return found;
    const mirrors = contents.root.mirrors.map(({ url, ...rest }) => ({ ...rest, url: (0,addresses/* absolute */.ys)(url, source.rootUrl) }));
    const versions = found.versions.map((version) => {
        const { dist } = version;
        // Copied where it differs, which it hardly ever does.
        if (dist === undefined || (mirrors.length === 0 && dist.mirrors.length === 0))
            return version;
        return { ...version, dist: { ...dist, mirrors } };
    });
    return { ...found, versions };
}
/** Whether a v2 repository is asked for a name at all. Source: `ComposerRepository::lazyProvidersRepoContains`. */
function mayHave({ available, availablePatterns }, name) {
    if (available === undefined)
        return true;
    return available.has(name) || (0,composer_repositories/* anyMatches */.AS)(availablePatterns ?? [], name);
}
async function package_versions_versionsIn({ root, inline, listed, complete }, name, dev, source) {
    const here = inline.get(name);
    if (here !== undefined)
        return { kind: 'versions', versions: here, stableOnly: false };
    if (root.metadataUrl !== undefined) {
        if (!mayHave(root, name))
            return { kind: 'absent' };
        const names = dev ? [name, `${name}~dev`] : [name];
        return askByName({ template: root.metadataUrl, name, files: names, stableOnly: false }, source);
    }
    const entry = listed.get(name);
    if (entry !== undefined && root.providersUrl !== undefined)
        return askBySum(root.providersUrl, name, entry.sha256, source);
    if (entry === undefined && root.lazyUrl !== undefined)
        return askByName({ template: root.lazyUrl, name, files: [name], stableOnly: true }, source);
    return entry === undefined && !complete ? { kind: 'unusable', why: undefined } : { kind: 'absent' };
}
/** v1: a file whose sum the repository gives; an empty one is not compared. Source: `ComposerRepository::fetchFile`. */
async function askBySum(template, name, sha256, source) {
    const { rootUrl, transport } = source;
    const url = (0,addresses/* absolute */.ys)(template, rootUrl)
        .replaceAll('%package%', () => name)
        .replaceAll('%hash%', () => sha256);
    const from = (0,addresses/* encoded */.dS)(url);
    if (!transport.mayAsk(from))
        return { kind: 'unusable', why: undefined };
    const sum = sha256 === '' ? undefined : { sha256 };
    const answer = await transport.get(from);
    const file = readDocument(answer, from, sum, package_versions_versionsOf(name, source));
    if (file.kind === 'unusable')
        return { kind: 'unusable', why: file };
    const { versions, haveUid } = file.taken;
    return { kind: 'versions', versions, stableOnly: true, lacking: haveUid ? undefined : withoutUid(answer, from) };
}
async function askByName({ template, name, files, stableOnly }, source) {
    const { rootUrl, transport } = source;
    const urls = files.map((file) => (0,addresses/* encoded */.dS)((0,addresses/* absolute */.ys)(template, rootUrl).replaceAll('%package%', () => file)));
    // A repository of a pull request can name repo.magento.com's over http: keys never go there, nor to anybody on the way.
    if (!urls.every(transport.mayAsk))
        return { kind: 'unusable', why: undefined };
    const read = await (0,in_parallel/* inParallel */.H)(2, urls, async (from) => {
        const answer = await transport.get(from);
        // Where one asks for single names, and nowhere else, 404 means: no such package.
        if (answer.kind === 'answered' && answer.status === 404)
            return undefined;
        const file = readDocument(answer, from, undefined, package_versions_versionsOf(name, source));
        if (file.kind === 'unusable')
            return file;
        // Those of v2 have none.
        const lacking = stableOnly && !file.taken.haveUid ? withoutUid(answer, from) : undefined;
        return { kind: 'read', versions: file.taken.versions, lacking };
    });
    const broken = read.find((file) => file?.kind === 'unusable');
    if (broken !== undefined)
        return { kind: 'unusable', why: broken };
    const documents = read.flatMap((file) => (file?.kind === 'read' ? [file] : []));
    const versions = documents.flatMap((file) => file.versions);
    if (versions.length === 0)
        return { kind: 'absent' };
    return { kind: 'versions', versions, stableOnly, lacking: documents[0]?.lacking };
}
function package_versions_versionsOf(name, { held }) {
    return (document) => ({ versions: readPackages(document, held, name), haveUid: haveUid(document, name) });
}
function withoutUid(answer, url) {
    return { kind: 'unusable', answer: (0,server_answer/* withoutBody */.f)(answer), url, unreadable: { type: 'without-uid' } };
}

;// CONCATENATED MODULE: ./lib/server/listed-names.js
/** What a name takes beside its letters and those of its sum, also in the set of all names. Bytes. */
const NAME = 200;
/**
 * Opens an empty collection. A repository has tens of thousands of names, of which a handful is asked for: beside a name
 * only its list and its sum are held.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
function openListedNames(keep) {
    const entries = new Map();
    return {
        add: (list, name, sha256) => {
            keep(NAME + name.length + sha256.length);
            entries.set(name, { list, sha256 });
        },
        get: (name) => entries.get(name),
        names: () => entries.keys(),
    };
}

;// CONCATENATED MODULE: ./lib/server/repository-contents.js







/**
 * Files that a repository may include, those of included files counted: a repository may not keep a job busy. Beyond them
 * it is not known what it has.
 */
const MAXIMUM_INCLUDES = 200;
/** Asks for packages.json. */
async function askForRoot(rootUrl, transport, held) {
    const answer = await transport.get(rootUrl);
    const file = readDocument(answer, rootUrl, undefined, (document) => {
        const root = readRoot(document, transport.keep);
        const listed = openListedNames(transport.keep);
        if (root.listsNames)
            addNames(listed, '', document);
        return { root, packages: root.holdsPackages ? readPackages(document, held) : [], listed };
    });
    // Kept as long as the repository is, and so without what was read.
    return { answer: file.kind === 'read' ? (0,server_answer/* withoutBody */.f)(answer) : file.answer, file };
}
/** Asks for the files that packages.json includes, and that those include. */
async function readContents({ file }, baseUrl, transport, held) {
    if (file.kind === 'unusable')
        return file;
    const { root, packages, listed } = file.taken;
    const lists = await askForLists(root, baseUrl, transport, listed);
    if (lists.kind === 'unusable')
        return lists;
    const included = await askForIncluded(root, baseUrl, transport, held);
    if (included.kind === 'unusable')
        return included;
    const inline = (0,grouped/* grouped */.z)([...packages, ...included.files.flat()], ({ name }) => name);
    return { root, listed, inline, complete: lists.complete && included.complete };
}
function addNames(listed, list, document) {
    for (const [name, sha256] of readProviders(document))
        listed.add(list, name, sha256);
}
/** v1: the lists of names that packages.json includes, which may include others. */
async function askForLists({ providersUrl, providerIncludes }, baseUrl, transport, listed) {
    if (providersUrl === undefined)
        return { kind: 'followed', complete: true };
    return followed(transport, providerIncludes, ({ path, sha256 }) => ({ from: `${baseUrl}/${path.replaceAll('%hash%', () => sha256)}`, sum: { sha256 } }), (document, { path }) => {
        addNames(listed, path, document);
        return readRoot(document, transport.keep).providerIncludes;
    });
}
/** Files with packages that packages.json includes, which may include others. */
async function askForIncluded({ includes }, baseUrl, transport, held) {
    const files = [];
    const asked = await followed(transport, includes, (path) => ({ from: `${baseUrl}/${path}`, sum: undefined }), (document) => {
        files.push(readPackages(document, held));
        return readRoot(document, transport.keep).includes;
    });
    return asked.kind === 'unusable' ? asked : { ...asked, files };
}
/**
 * Asks for files, for the files that those name, and so on: each once, and not more than a repository may have.
 *
 * @param take what to keep of a file; gives the files that it names
 */
async function followed(transport, links, describe, take) {
    const seen = new Set();
    let pending = links;
    while (pending.length > 0) {
        const fresh = new Map();
        for (const link of pending) {
            const { from } = describe(link);
            if (!seen.has(from) && !fresh.has(from))
                fresh.set(from, link);
        }
        if (seen.size + fresh.size > MAXIMUM_INCLUDES)
            return { kind: 'followed', complete: false };
        for (const from of fresh.keys())
            seen.add(from);
        const files = await (0,in_parallel/* inParallel */.H)(in_parallel/* REQUESTS_AT_ONCE */.P, [...fresh.values()], async (link) => {
            const { from, sum } = describe(link);
            const address = (0,addresses/* encoded */.dS)(from);
            return readDocument(await transport.get(address), address, sum, (document) => take(document, link));
        });
        const broken = files.find((file) => file.kind === 'unusable');
        if (broken !== undefined)
            return broken;
        pending = files.flatMap((file) => (file.kind === 'read' ? file.taken : []));
    }
    return { kind: 'followed', complete: true };
}

;// CONCATENATED MODULE: ./lib/server/repository.js








/** Opens a repository; nothing is asked yet. */
function openRepository(url, transport) {
    const rootUrl = (0,composer_origin/* packagesJsonUrl */.v_)(url);
    // Source of the rule: `ComposerRepository::__construct`, `baseUrl`.
    const baseUrl = (0,composer_repositories/* withoutSlashesAtEnd */._p)(url.replace(/(?:\/[^/]+\.json)?(?:[?#].*)?$/, ''));
    const held = holdAnything(transport.keep);
    const versions = new Map();
    let rootFile;
    let contents;
    let listed;
    const root = () => {
        rootFile ??= askForRoot(rootUrl, transport, held);
        return rootFile;
    };
    const load = () => {
        contents ??= root()
            .then((file) => readContents(file, baseUrl, transport, held))
            .then((loaded) => {
            listed = listingOf(loaded);
            return loaded;
        });
        return contents;
    };
    async function loadVersions(name, dev) {
        const loaded = await load();
        if ('kind' in loaded)
            return { kind: 'unusable', why: loaded };
        return askForVersions(loaded, name, dev, { rootUrl, transport, held });
    }
    return {
        rootUrl,
        root: async () => {
            const { answer, file } = await root();
            return rootAnswer(answer, file);
        },
        rootAs: async (credentials) => {
            const answer = await transport.getOnceAs(rootUrl, credentials);
            return rootAnswer(answer, readDocument(answer, rootUrl, undefined, () => undefined));
        },
        listing: async () => listingOf(await load()),
        get listed() {
            return listed;
        },
        lists: async () => {
            const { file } = await root();
            return file.kind === 'unusable' ? undefined : listsOf(file.taken.root, rootUrl);
        },
        versions: (name, dev) => {
            const key = `${name} ${dev}`;
            const known = versions.get(key) ?? loadVersions(name, dev);
            versions.set(key, known);
            return known;
        },
    };
}
function listsOf(root, rootUrl) {
    const { filter, advisoriesUrl } = root.lists;
    return {
        filter: filter && { ...filter, url: (0,addresses/* absolute */.ys)(filter.url, rootUrl) },
        advisoriesUrl: advisoriesUrl && (0,addresses/* absolute */.ys)(advisoriesUrl, rootUrl),
        mayHave: (name) => mayHave(root, name),
    };
}
function listingOf(loaded) {
    if ('kind' in loaded)
        return { kind: 'unusable', why: loaded };
    const { root, listed, inline, complete } = loaded;
    const answersForMore = root.metadataUrl !== undefined && root.availablePatterns?.length !== 0;
    if (!complete || root.lazyUrl !== undefined || answersForMore)
        return { kind: 'by-name' };
    const names = new Set([...listed.names(), ...inline.keys(), ...(root.available ?? [])]);
    return { kind: 'names', names, groupOf: (name) => listed.get(name)?.list ?? '' };
}
function rootAnswer(answer, file) {
    return file.kind === 'read'
        ? { answer: (0,server_answer/* withoutBody */.f)(answer), unreadable: undefined }
        : { answer: file.answer, unreadable: file.unreadable };
}

;// CONCATENATED MODULE: ./lib/check/named-repository.js


/** Opens a repository; nothing is asked yet. */
function openNamedRepository(url, context, stopped, transport) {
    const repository = openRepository(url, transport);
    let access;
    let answered;
    return {
        url,
        origin: context.host,
        credentials: context.credentials,
        place: context.place,
        stopped,
        repository,
        access: () => {
            access ??= checkAccess(repository, context, stopped).then((result) => {
                answered = result;
                return result;
            });
            return access;
        },
        get answered() {
            return answered;
        },
    };
}

;// CONCATENATED MODULE: ./lib/check/read-all-the-same.js



/** By the URL of a repository, the versions of Composer that stop where its packages.json fails, whatever they need from there. */
function stoppedByRoot({ repositories, policy, command }) {
    const composer = repositories.filter(({ entry }) => entry.type === 'composer');
    const stopped = (filter) => stoppedVersions((version) => rootReading(version, policy, command, filter));
    const [filtered, exempt] = [stopped(true), stopped(false)];
    const byUrl = new Map();
    for (const { entry } of composer) {
        const url = urlOf(entry.url);
        if (byUrl.get(url) !== filtered)
            byUrl.set(url, entry.filter ? filtered : exempt);
    }
    return (url) => byUrl.get(urlOf(url)) ?? STOPS_NO_VERSION;
}
function urlOf(written) {
    return (0,composer_repositories/* repositoryUrl */.Ek)((0,effective_credentials/* withoutUserinfo */.Q3)(written));
}

;// CONCATENATED MODULE: ./lib/check/unchecked-hosts.js
/** More are counted nowhere: a lock of a pull request may name any number. */
const MOST = 1000;
function uncheckedHosts() {
    const known = new Map();
    const packages = new Set();
    return {
        add: (host, why) => {
            if (!known.has(host) && known.size < MOST)
                known.set(host, { host, why });
        },
        addPackage: (name) => {
            if (packages.size < MOST)
                packages.add(name);
        },
        get all() {
            return { hosts: [...known.values()], packages: [...packages] };
        },
    };
}

;// CONCATENATED MODULE: ./lib/check/context.js









/** So many hosts are asked for archives that nobody named: a lock of a pull request may name any number. */
const MOST_UNNAMED_HOSTS = 10;
/** Brings together what the checks need; nothing is asked yet. */
function checkContext(options) {
    const { transport, project, held, credentialsFrom, nodeExtraCaCerts, deadline, version } = options;
    const credentialsFor = (origin) => sentTo(held.get(origin));
    const isOtherwiseAuthenticated = (origin) => held.get(origin)?.kind === 'other';
    const opened = new Map();
    const stoppedAt = stoppedByRoot(project);
    const unchecked = uncheckedHosts();
    const neighbours = lazily(() => neighboursIn(project));
    /** @param inUrl the credentials in its URL, which count for its files whatever else Composer holds for the origin */
    const open = (url, place, inUrl) => {
        const host = (0,composer_origin/* originOf */.yv)(url);
        const held = credentialsFor(host);
        const own = inUrl !== undefined && (held === undefined || !(0,effective_credentials/* isSamePair */.xx)(inUrl, held)) ? inUrl : undefined;
        const key = JSON.stringify([url, own]);
        const credentials = own ?? held;
        const from = () => (own === undefined ? credentialsFrom(host) : fromUrl(project, place ?? placeOf(project, url)));
        const way = own === undefined ? transport : transport.as(host, own);
        const access = { host, credentials, from, nodeExtraCaCerts, place, neighbour: neighbours()(url) };
        const repository = opened.get(key) ?? openNamedRepository(url, access, stoppedAt(url), way);
        opened.set(key, repository);
        return repository;
    };
    const mainUrl = (0,composer_repositories/* withoutSlashesAtEnd */._p)(options.repositoryUrl);
    const mainPlace = placeOf(project, mainUrl);
    const named = ({ url: text, hasOptions }, place) => {
        // A folder of this machine is one too.
        if ((0,external_node_fs_.existsSync)(project.pathOf(text)))
            return undefined;
        const inUrl = (0,effective_credentials/* credentialsInUrl */.FB)(text);
        const url = (0,composer_repositories/* repositoryUrl */.Ek)((0,effective_credentials/* withoutUserinfo */.Q3)(text));
        const isOther = inUrl === undefined && isOtherwiseAuthenticated((0,composer_origin/* originOf */.yv)(url ?? text));
        const why = whyNotAsked(url, hasOptions, isOther);
        if (url === undefined || why !== undefined) {
            unchecked.add((0,composer_origin/* originOf */.yv)(url ?? text), why ?? 'address');
            return undefined;
        }
        return open(url, place, inUrl);
    };
    // Looked up for every archive of a lock: each repository is opened for it once.
    const byOrigin = lazily(() => firstByOrigin(project, named));
    return {
        transport,
        project,
        credentialsFor,
        credentialsFrom,
        isOtherwiseAuthenticated,
        nodeExtraCaCerts,
        gitHubToken: options.gitHubToken,
        furtherAddresses: options.furtherAddresses,
        deadline,
        stoppedAt,
        holds: async (rule) => (0,version_rules/* holdsIn */.a5)(await version(), rule),
        version,
        main: open(mainUrl, mainPlace),
        repositoryAt: (origin) => byOrigin().get(origin)?.repository,
        isNamed: (origin) => byOrigin().get(origin)?.isNamed === true,
        unchecked,
        admitsUnnamed: firstOnes(MOST_UNNAMED_HOSTS),
        named,
    };
}
/** Why a repository cannot be asked as Composer would ask it. */
function whyNotAsked(url, hasOptions, isOther) {
    if (url === undefined)
        return 'address';
    if (hasOptions)
        return 'options';
    if (!(0,composer_origin/* isPrivateRoute */.Zi)(url))
        return 'http';
    return isOther ? 'credentials' : undefined;
}
/** That credentials stand in the URL of a repository, at a place of composer.json. */
function fromUrl({ manifest }, place) {
    return { from: 'elsewhere', by: 'url', name: manifest?.path ?? '', place };
}
/** The first repository at each origin, and whether any there is one that somebody named. */
function firstByOrigin({ repositories, manifest }, opened) {
    const composer = repositories.filter(({ entry }) => entry.type === 'composer');
    const first = new Map();
    for (const { entry, named } of composer) {
        const place = named === 'project' && manifest !== undefined ? { path: manifest.path, position: entry.position } : undefined;
        const repository = opened(entry, place);
        if (repository === undefined)
            continue;
        const known = first.get(repository.origin) ?? { repository, isNamed: false };
        first.set(repository.origin, { ...known, isNamed: known.isNamed || named !== 'default' });
    }
    return first;
}
/** Tells of a repository another one that the project names at the same host: Composer sends the same to both. */
function neighboursIn({ repositories }) {
    const atOrigin = (0,grouped/* grouped */.z)(repositories.flatMap(({ entry }) => {
        const written = entry.type === 'composer' ? (0,effective_credentials/* withoutUserinfo */.Q3)(entry.url) : undefined;
        const url = written === undefined ? undefined : (0,composer_repositories/* repositoryUrl */.Ek)(written);
        return written === undefined || url === undefined ? [] : [{ origin: (0,composer_origin/* originOf */.yv)(url), url, written }];
    }), ({ origin }) => origin);
    return (url) => atOrigin.get((0,composer_origin/* originOf */.yv)(url))?.find((other) => other.url !== url)?.written;
}
/** Whether something is among the first different ones that were asked about. */
function firstOnes(most) {
    const known = new Set();
    return (one) => {
        if (known.size < most)
            known.add(one);
        return known.has(one);
    };
}
function lazily(make) {
    let made;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}
/** What is sent to an origin for which Composer holds something. */
function sentTo(held) {
    return held?.kind === 'sent' ? held.credentials : undefined;
}
/** The line of composer.json that names a repository. */
function placeOf({ manifest }, url) {
    const entry = manifest?.repositories.find((repository) => (0,composer_repositories/* repositoryUrl */.Ek)((0,effective_credentials/* withoutUserinfo */.Q3)(repository.url)) === url);
    return entry === undefined || manifest === undefined ? undefined : { path: manifest.path, position: entry.position };
}

;// CONCATENATED MODULE: ./lib/check/resolved/last-credentials.js





/**
 * The context in which archives are asked for once a project is resolved. Where repositories at one host have credentials in
 * their URLs, each reads its own files with its own, and archives are downloaded with those of the one that was read last.
 *
 * Source of the rule: `HttpDownloader::addJob`, which takes the credentials of each URL over for its origin.
 *
 * @param asked the repositories that resolving reads
 */
async function afterResolving(serving, asked, resolved, context) {
    const reading = serving.filter(({ named }) => named !== undefined);
    const byOrigin = (0,grouped/* grouped */.z)(reading, ({ origin }) => origin);
    let changed = context;
    for (const [origin, repositories] of byOrigin) {
        const several = repositories.length > 1 && repositories.some(({ entry }) => (0,effective_credentials/* credentialsInUrl */.FB)(entry.url));
        if (!several)
            continue;
        const order = await readingOrder(repositories, asked, resolved, context);
        const last = order.findLast(({ entry }) => (0,effective_credentials/* credentialsInUrl */.FB)(entry.url) !== undefined);
        const credentials = last === undefined ? undefined : (0,effective_credentials/* credentialsInUrl */.FB)(last.entry.url);
        if (credentials !== undefined)
            changed = withCredentials(changed, origin, credentials, last?.named?.place);
    }
    return changed;
}
/** In which order the repositories at one host are read, the last one last. */
async function readingOrder(repositories, asked, resolved, { holds }) {
    const inResolving = repositories.filter(asked);
    const below = await readForRequirements(inResolving, resolved);
    const others = repositories.filter((repository) => !asked(repository));
    // Newer versions read every packages.json before they download.
    const atTheEnd = others.length > 0 && (await holds('readsRootOnInstall')) === true ? others : [];
    return [...inResolving, ...(below === undefined ? [] : [below]), ...atTheEnd];
}
/** The repository that is read last for what the root requirements require. */
async function readForRequirements(repositories, resolved) {
    let names = new Set(resolved
        .flatMap((result) => (result.kind === 'satisfied' ? result.best.requires : []))
        .flatMap(({ name }) => ((0,package_name/* isPlatformPackage */.U)(name) ? [] : [name])));
    let last;
    for (const repository of repositories) {
        const listing = await repository.named?.repository.listing();
        if (listing === undefined || listing.kind === 'unusable')
            continue;
        // One that answers for single names is asked for every one.
        const has = (name) => listing.kind === 'by-name' || listing.names.has(name);
        const found = [...names].filter((name) => (0,composer_repositories/* mayServe */.dK)(repository.entry, name) && has(name));
        if (found.length > 0)
            last = repository;
        names = new Set([...names].filter((name) => !found.includes(name)));
    }
    return last;
}
function withCredentials(context, origin, credentials, place) {
    return {
        ...context,
        transport: context.transport.as(origin, credentials),
        credentialsFor: (other) => (other === origin ? credentials : context.credentialsFor(other)),
        credentialsFrom: (other) => (other === origin ? fromUrl(context.project, place) : context.credentialsFrom(other)),
    };
}

// EXTERNAL MODULE: ./lib/problems/entitlements.js
var entitlements = __webpack_require__(8374);
// EXTERNAL MODULE: ./lib/composer/versions/constraint.js + 1 modules
var versions_constraint = __webpack_require__(1754);
// EXTERNAL MODULE: ./lib/composer/versions/version-grammar.js
var version_grammar = __webpack_require__(3946);
;// CONCATENATED MODULE: ./lib/check/resolved/wanted-package.js





/** As many versions as an annotation names. */
const NEAREST = 5;
/** What a root requirement wants. Source of the rule: `RootPackageLoader::extractStabilityFlags`. */
function wantedPackage({ name, constraint }, minimumStability) {
    const minimum = stabilityNamed(minimumStability);
    const stability = (0,versions_stability/* extractStability */.bz)(constraint, minimum) ?? minimum;
    return { name, constraint, stability, dev: stability === 'dev' };
}
/** Sorts the versions of a package by what is wanted. */
function fittingVersions({ constraint, stability }, versions) {
    const parsed = (0,versions_constraint/* parseConstraint */.F)(constraint);
    const short = versions.filter(({ version, versionNormalized = '' }) => Math.max(version.length, versionNormalized.length) <= version_grammar/* LONGEST_VERSION */.SF);
    const known = short.flatMap((version) => {
        const normalized = version.versionNormalized ?? (0,versions_version/* normalizeVersion */.Qj)(version.version);
        return normalized === undefined ? [] : [{ version, normalized }];
    });
    const descending = known.toSorted((a, b) => {
        if (a.normalized === b.normalized)
            return 0;
        return (0,versions_version/* compareVersions */.Zy)(a.normalized, b.normalized, '>') ? -1 : 1;
    });
    if (parsed === undefined)
        return { best: undefined, fitting: [], alone: false, nearest: [], claimed: true, unstable: false, readable: false };
    // A branch counts under its alias too: dev-main as 1.x-dev satisfies ^1.0@dev.
    const satisfying = descending.filter(({ version, normalized }) => [normalized, ...version.aliases].some((known) => (0,versions_constraint/* satisfies */.i)(known, parsed)));
    const allowed = ({ version }) => (0,versions_stability/* isAllowed */.Jr)((0,versions_stability/* stabilityOf */.nD)(version.version), stability);
    const fitting = satisfying.filter(allowed).map(({ version }) => version);
    return {
        best: fitting[0],
        fitting,
        alone: fitting.length === 1 && short.length === versions.length,
        nearest: nearestTo(constraint, descending),
        claimed: descending.some(allowed),
        unstable: satisfying.length > 0,
        readable: short.length === versions.length,
    };
}
/** The URLs from which a version's archive can be had, in Composer's order. */
function distOfVersion({ name, version, versionNormalized, dist }) {
    if (dist === undefined || dist.type === 'path')
        return [];
    return (0,lock_file/* distUrls */.b)(dist, name, () => versionNormalized ?? (0,versions_version/* normalizeVersion */.Qj)(version) ?? version, version);
}
/** The word of `minimum-stability`; what is none counts as `stable`, Composer's default. */
function stabilityNamed(text) {
    const words = ['stable', 'RC', 'beta', 'alpha', 'dev'];
    return words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? 'stable';
}
/** The versions next to the first version that a constraint names, above and below; the newest where it names none. */
function nearestTo(constraint, descending) {
    const named = /\d+(?:\.\d+)*(?:-[\w.]+)?/.exec(constraint)?.[0];
    const aim = named === undefined ? undefined : (0,versions_version/* normalizeVersion */.Qj)(named);
    const at = aim === undefined ? 0 : descending.findIndex(({ normalized }) => (0,versions_version/* compareVersions */.Zy)(normalized, aim, '<='));
    const middle = at === -1 ? descending.length : at;
    const start = Math.max(0, Math.min(middle - 2, descending.length - NEAREST));
    return descending.slice(start, start + NEAREST).map(({ version }) => version.version);
}

;// CONCATENATED MODULE: ./lib/check/resolved/resolved-requirement.js





/** Who serves a requirement, asked in Composer's order. Source: `PoolBuilder::loadPackagesMarkedForLoading`. */
async function resolveRequirement(wanted, serving) {
    const candidates = serving.filter(({ entry }) => (0,composer_repositories/* mayServe */.dK)(entry, wanted.name));
    if (candidates.length === 0) {
        return { kind: 'filtered', filter: resolved_requirement_filterOf(serving, wanted.name), mayBeElsewhere: false };
    }
    const search = { without: [], unasked: [], local: [], complete: true, unsatisfied: undefined };
    for (const repository of candidates) {
        const has = await repository.versions(wanted.name, wanted.dev);
        if (has.kind === 'versions') {
            const fit = fittingVersions(wanted, has.versions);
            const { best, fitting, alone } = fit;
            if (best !== undefined)
                return { kind: 'satisfied', best, fitting, alone, by: repository };
            search.unsatisfied ??= { versions: has.versions, by: repository };
            if (endsSearch(repository, has, fit))
                break;
        }
        else {
            const failure = noteWithoutVersions(search, repository, has);
            if (failure !== undefined)
                return failure;
        }
    }
    const { without, unsatisfied } = search;
    const local = { versions: search.local, complete: search.complete };
    const mayBeElsewhere = inUnasked(search);
    return unsatisfied === undefined
        ? { kind: 'absent', without, mayBeElsewhere, local }
        : { kind: 'unsatisfied', ...unsatisfied, mayBeElsewhere, local };
}
function inUnasked({ unasked }) {
    const names = [...new Set(unasked.map(({ origin }) => origin))].filter((origin) => origin !== '');
    const onServer = unasked.some(({ entry }) => entry.type === 'composer' || entry.type === '');
    return unasked.length === 0 ? undefined : { kind: 'repositories', names, onServer };
}
/**
 * Whether a requirement may come from version control or a folder, as it does in a healthy project, and so nothing is known of it. What
 * belongs to Adobe's editions, and repo.magento.com does not list, hardly ever does.
 */
function isLeftToGit({ name }, result) {
    if (result.kind !== 'absent' && result.kind !== 'unsatisfied')
        return false;
    const { mayBeElsewhere: elsewhere } = result;
    if (elsewhere?.kind !== 'repositories' || elsewhere.onServer)
        return false;
    const family = familyOf(name);
    return result.kind === 'unsatisfied' || family === 'extension' || (0,entitlements/* isPublic */.Ul)(family);
}
/** Notes a repository that has no version of a name that is known; gives what came of the search where it ends there. */
function noteWithoutVersions(search, repository, has) {
    if (has.kind === 'absent') {
        if (repository.named !== undefined)
            search.without.push(repository);
        return undefined;
    }
    if (has.kind === 'unusable' && has.why !== undefined && !repository.isDefault) {
        return { kind: 'unserved', by: repository, why: has.why };
    }
    const packages = has.kind === 'unknown' ? has.packages : undefined;
    search.unasked.push(repository);
    search.local.push(...(packages ?? []));
    search.complete &&= packages !== undefined;
    return undefined;
}
/** Whether a requirement fails for certain, unless another package stands in for it. */
function isError({ name }, result) {
    switch (result.kind) {
        case 'satisfied':
        case 'unserved':
        case 'unasked':
            return false;
        case 'absent':
        case 'filtered':
            return !result.mayBeElsewhere && !isVirtual(name);
        case 'unsatisfied':
            return result.mayBeElsewhere === undefined;
    }
}
/** The same, where another package may stand in for it after all. */
function uncertain(result) {
    switch (result.kind) {
        case 'filtered':
            return { ...result, mayBeElsewhere: true };
        case 'absent':
        case 'unsatisfied':
            return { ...result, mayBeElsewhere: result.mayBeElsewhere ?? { kind: 'package' } };
        default:
            return result;
    }
}
/** The packages with which Composer may meet a requirement. */
function reachedBy(result) {
    switch (result.kind) {
        case 'satisfied':
            return { versions: result.fitting, complete: true };
        case 'absent':
        case 'unsatisfied':
            return result.local;
        case 'unserved':
        case 'unasked':
            return { versions: [], complete: false };
        case 'filtered':
            return { versions: [], complete: true };
    }
}
/** Names such as `psr/log-implementation` stand for no package; others provide them, which is seen only on resolving. */
function isVirtual(name) {
    return name.endsWith('-implementation') || name.startsWith('psr/');
}
function resolved_requirement_filterOf(serving, name) {
    const [first] = serving;
    if (first === undefined)
        return 'no repository is left enabled';
    const excluding = serving.find(({ entry }) => entry.exclude.length > 0 && !(0,composer_repositories/* mayServe */.dK)(entry, name));
    return excluding === undefined
        ? `\`only\` of ${first.origin} does not name it`
        : `\`exclude\` of ${excluding.origin} takes it out`;
}

;// CONCATENATED MODULE: ./lib/check/resolved/requirement-findings.js





/** What is wrong with a root requirement, by what became of it. What may come from version control is noted as not checked. */
function requirementFindings(requirement, result, manifest, context) {
    const { name } = requirement;
    if (isLeftToGit(requirement, result)) {
        context.unchecked.addPackage(name);
        return [];
    }
    switch (result.kind) {
        case 'satisfied':
        case 'unasked':
            return [];
        case 'unserved': {
            const { named } = result.by;
            // A failing packages.json is reported with its repository.
            return named === undefined || named.answered?.finding !== undefined
                ? []
                : brokenFile(named, result.why, context).map((finding) => refusedFor(name, finding) ?? finding);
        }
        case 'filtered':
            return [
                {
                    ...deniedAs(requirement, manifest),
                    reason: 'filtered',
                    host: context.main.origin,
                    filter: result.filter,
                    mayBeElsewhere: result.mayBeElsewhere || isVirtual(requirement.name),
                },
            ];
        case 'absent': {
            const blamed = repositoryWithout(result.without, context);
            return [
                {
                    ...deniedAs(requirement, manifest),
                    reason: 'not-visible',
                    host: blamed?.origin,
                    family: familyOf(requirement.name),
                    sees: seenAt(blamed?.named),
                    hiddenBy: undefined,
                    mayBeElsewhere: result.mayBeElsewhere ?? (isVirtual(requirement.name) ? { kind: 'package' } : undefined),
                    constraint: undefined,
                    lockedVersion: requirement.lockedVersion,
                    temporary: requirement.temporary,
                },
            ];
        }
        case 'unsatisfied':
            return unsatisfied(requirement, result, manifest);
    }
}
/** What a repository refuses to say of one package, whose file it is; undefined where it is about more than that. */
function refusedFor(name, finding) {
    if (finding.code !== 'keys-rejected' && finding.code !== 'access-forbidden')
        return undefined;
    const { host, url, status, serverText, place } = finding;
    if (status === undefined || !url.toLowerCase().includes(`/${name}`))
        return undefined;
    return { code: 'package-denied', reason: 'metadata', host, url, status, serverText, packages: [name], place };
}
function deniedAs(requirement, manifest) {
    return {
        code: 'package-denied',
        status: undefined,
        packages: [requirement.name],
        place: placeOfRequirement(requirement, manifest),
    };
}
/** The line that requires a package; of one that only the lock has, its entry there. */
function placeOfRequirement({ path, position }, manifest) {
    return { path: path ?? manifest.path, position };
}
function unsatisfied(requirement, { versions, by, mayBeElsewhere }, manifest) {
    const { name, constraint } = requirement;
    const wanted = wantedPackage(requirement, manifest.minimumStability);
    const { nearest, unstable, readable } = fittingVersions(wanted, versions);
    // A constraint that cannot be read is never a reason for an error, nor one for a guess.
    if (!readable)
        return [];
    return [
        {
            code: 'version-unavailable',
            host: by.origin,
            status: undefined,
            packages: [name],
            constraint,
            stability: wanted.stability,
            nearest,
            unstable,
            mayBeElsewhere,
            place: placeOfRequirement(requirement, manifest),
            lockedVersion: requirement.lockedVersion,
            temporary: requirement.temporary,
            ...localOf(by),
        },
    ];
}
function localOf({ entry: { type } }) {
    if (type === 'path')
        return { local: 'folder' };
    return type === 'package' ? { local: 'inline' } : {};
}
/** The repository to name for what nobody has: that of the keys if it was asked, else the first that was. */
function repositoryWithout(without, { main }) {
    const asked = without.filter(({ isDefault }) => !isDefault);
    return asked.find(({ named }) => named === main) ?? asked[0];
}

;// CONCATENATED MODULE: ./lib/check/resolved/resolved-archives.js









/** Of a package so many versions beside the best are asked for where that is denied. */
const MOST_VERSIONS = 10;
/** Of a metapackage so many requirements are looked up until one has an archive. */
const MOST_LOOKED_UP = 5;
/**
 * The archive that Composer will take for a root requirement, as far as that can be told without resolving. In the place
 * of a metapackage, which has none, stands one of what it requires: Composer downloads all of that.
 */
async function archiveFor(requirement, result, manifest, installsDev, context) {
    if (result.kind !== 'satisfied')
        return [];
    if (requirement.dev && !installsDev)
        return [];
    const { best, fitting, alone, by } = result;
    const { project } = context;
    // Composer stops at a repository over http before it gets as far as archives.
    if (by.entry.type === 'composer' && insecureUrl(by, context, false) !== undefined)
        return [];
    const wanted = wantedPackage(requirement, manifest.minimumStability);
    // What packagist.org serves is not followed.
    if (best.type === 'metapackage' && by.isDefault)
        return [];
    const taken = best.type === 'metapackage' ? await requiredBy(best, by, manifest) : { version: best, alone, fitting, wanted };
    if (taken === undefined)
        return [];
    const certain = alone || taken.version === best;
    const [archive] = resolved_archives_archiveOf(taken.version, alone && taken.alone, requirement, manifest, project);
    if (archive === undefined)
        return [];
    const further = taken.fitting.filter((version) => version !== taken.version);
    const others = further.flatMap((version) => resolved_archives_archiveOf(version, false, requirement, manifest, project));
    const areAll = certain && further.length <= MOST_VERSIONS && others.length === further.length;
    return [{ archive, wanted: taken.wanted, others: areAll ? others : undefined }];
}
/**
 * Asks for a sample, and for one archive of each host for which Composer holds nothing. Of a package whose archive is denied in
 * every version that fits, no other version helps.
 */
async function askResolved(resolved, context) {
    const byHost = resolved.map(({ archive, others }) => {
        const [url = ''] = archive.urls;
        return [isHeld(url, context) ? archive : { ...archive, group: `at ${(0,composer_origin/* originOf */.yv)(url)}` }, others];
    });
    const othersOf = new Map(byHost);
    const [held, unheld] = [true, false].map((is) => [...othersOf.keys()].filter(({ urls: [url = ''] }) => isHeld(url, context) === is));
    const asked = [...(await askSample(held ?? [], context)), ...(await askSample(unheld ?? [], context))];
    return (0,in_parallel/* inParallel */.H)(1, asked, async (one) => {
        const others = othersOf.get(one.archive) ?? [];
        if (one.answer.kind !== 'denied' || others.length === 0)
            return one;
        const answers = await askAll(others, context);
        const allDenied = answers.every(({ answer }) => answer.kind === 'denied');
        return allDenied ? { ...one, archive: { ...one.archive, mayBeElsewhere: false } } : one;
    });
}
/**
 * The archives that may be asked for, and findings about those that Composer refuses since they are over http. Of several versions
 * another one may be had in another way.
 */
async function withoutInsecure(resolved, context) {
    const isRefused = (archive) => withoutHttp([archive], context).insecure.length > 0;
    const secure = resolved.flatMap((one) => withoutHttp([one.archive], context).secure.map((archive) => ({ ...one, archive })));
    const refused = resolved
        .filter(({ archive }) => isRefused(archive))
        .map(({ archive, others }) => ({
        ...archive,
        mayBeElsewhere: archive.mayBeElsewhere && !others?.every(isRefused),
    }));
    return { secure, findings: await insecureFindings(refused, 'metadata', context) };
}
/** The first package that a metapackage requires and that the repository has which serves it. */
async function requiredBy({ requires }, by, { minimumStability, provides }) {
    const links = requires
        .filter(({ name }) => !(0,package_name/* isPlatformPackage */.U)(name) && !provides.includes(name))
        .slice(0, MOST_LOOKED_UP);
    for (const link of links) {
        const wanted = wantedPackage(link, minimumStability);
        const has = await by.versions(link.name, wanted.dev);
        const fit = has.kind === 'versions' ? fittingVersions(wanted, has.versions) : undefined;
        if (fit?.best !== undefined && fit.best.type !== 'metapackage')
            return { ...fit, version: fit.best, wanted };
    }
    return undefined;
}
function resolved_archives_archiveOf(taken, alone, requirement, manifest, project) {
    const { name, version, type, dist, hasSource } = taken;
    const { dev, position } = requirement;
    // What is cloned first is not asked for.
    if (hasSource && project.installSource.prefersSource(name, version))
        return [];
    const urls = distOfVersion(taken);
    if (urls.length === 0 || dist === undefined)
        return [];
    const hiddenBy = project.alreadyThere({
        name,
        version,
        type,
        dev,
        dist,
        hasSource: false,
        sourceReference: '',
        hasOwnCredentials: false,
        hasOptions: false,
        requires: [],
        provides: [],
        position: () => position,
    }, urls);
    const archive = {
        name,
        urls,
        group: groupOf(name, ''),
        family: familyOf(name),
        hiddenBy,
        type: dist.type,
        hasChecksum: dist.shasum !== '',
        hasSource,
        // Of several versions Composer may take another one: the others of the project decide with it.
        mayBeElsewhere: !alone,
        place: () => placeOfRequirement(requirement, manifest),
    };
    return [archive];
}

// EXTERNAL MODULE: ./lib/composer/versions/constraint-overlap.js
var constraint_overlap = __webpack_require__(5093);
;// CONCATENATED MODULE: ./lib/check/resolved/stand-ins.js








/** Names that are looked up. Adobe Commerce with its extensions has some nine hundred. */
const MOST_NAMES = 1500;
/** Constraints under which a name is followed; one that has more is followed in all its versions, at once. */
const MOST_CONSTRAINTS = 10;
/**
 * Looks for packages that `replace` or `provide` what is wanted, among those that Composer may install: the packages of
 * the root requirements, what these require in any version that fits, and so on. Composer takes a stand-in only from
 * among these, and never one that merely lies in a repository.
 *
 * It asks for what Composer would ask for, but packagist.org for nothing: what is there stands in for nothing here.
 *
 * @param failing whose answer is worth following requirements of requirements; for others those at hand are looked at
 *
 * Source of the rule: `DependencyResolver/PoolBuilder.php`, `Pool::match`.
 */
async function findStandIns(wanted, failing, roots, serving, minimumStability, deadline) {
    const named = serving.filter(({ isDefault }) => !isDefault);
    const lacking = new Map(wanted.map((one) => [one.name, one]));
    const followed = openFollowed();
    let reached = roots;
    let complete = true;
    for (;;) {
        const versions = reached.flatMap((one) => one.versions);
        complete &&= reached.every((one) => one.complete);
        takeOutMet(lacking, versions);
        const fresh = [...lacking.keys()].some(failing) ? followed.next(versions) : [];
        if (fresh.length === 0)
            break;
        reached = await (0,in_parallel/* inParallel */.H)(in_parallel/* REQUESTS_AT_ONCE */.P, fresh, async (link) => deadline.passed() ? { versions: [], complete: false } : reach(wantedPackage(link, minimumStability), named));
    }
    const notFound = complete && followed.complete ? 'none' : 'perhaps';
    return (name) => (lacking.has(name) ? notFound : 'found');
}
/** Takes out what one of some versions stands in for. */
function takeOutMet(lacking, versions) {
    for (const version of versions) {
        for (const link of version.provides) {
            const wanted = lacking.get(link.name);
            if (wanted !== undefined && wanted.name !== version.name && isMetBy(wanted, link, version)) {
                lacking.delete(wanted.name);
            }
        }
    }
}
function openFollowed() {
    const followed = new Map();
    let complete = true;
    /** The constraint under which a requirement is followed; undefined where it was, or is not. */
    const constraintFor = ({ name, constraint }) => {
        const constraints = followed.get(name);
        if ((0,package_name/* isPlatformPackage */.U)(name) || constraints?.has('*') || constraints?.has(constraint))
            return undefined;
        if (constraints === undefined && followed.size >= MOST_NAMES) {
            complete = false;
            return undefined;
        }
        return (constraints?.size ?? 0) < MOST_CONSTRAINTS ? constraint : '*';
    };
    return {
        next: (versions) => {
            const fresh = [];
            for (const link of versions.flatMap(({ requires }) => requires)) {
                const constraint = constraintFor(link);
                if (constraint === undefined)
                    continue;
                followed.set(link.name, (followed.get(link.name) ?? new Set()).add(constraint));
                fresh.push({ name: link.name, constraint });
            }
            return fresh;
        },
        get complete() {
            return complete;
        },
    };
}
/** All versions with which Composer may meet a requirement. */
async function reach(wanted, serving) {
    const versions = [];
    let complete = true;
    for (const repository of serving.filter(({ entry }) => (0,composer_repositories/* mayServe */.dK)(entry, wanted.name))) {
        const has = await repository.versions(wanted.name, wanted.dev);
        if (has.kind === 'versions') {
            const fit = fittingVersions(wanted, has.versions);
            versions.push(...fit.fitting);
            complete &&= fit.readable;
            if (endsSearch(repository, has, fit))
                break;
        }
        else {
            const known = has.kind === 'unknown' ? has.packages : [];
            versions.push(...(known ?? []));
            complete &&= has.kind !== 'unusable' && known !== undefined;
        }
    }
    return { versions, complete };
}
/** Whether a package that says `replace` or `provide` has what is wanted. What cannot be read is believed. */
function isMetBy({ constraint }, link, by) {
    const asked = (0,versions_constraint/* parseConstraint */.F)(constraint);
    if (asked === undefined)
        return true;
    if (link.constraint === 'self.version') {
        const own = by.versionNormalized ?? (0,versions_version/* normalizeVersion */.Qj)(by.version);
        return own === undefined || [own, ...by.aliases].some((version) => (0,versions_constraint/* satisfies */.i)(version, asked));
    }
    const offered = (0,versions_constraint/* parseConstraint */.F)(link.constraint);
    return offered === undefined || (0,constraint_overlap/* overlaps */.$)(asked, offered);
}

;// CONCATENATED MODULE: ./lib/check/resolved/root-requirements.js















/**
 * What `composer update` would resolve for the root requirements, which is also what `install` does without a lock. Their
 * own requirements are followed only where another package may stand in for one that fails.
 */
async function checkRootRequirements(manifest, downloads, context) {
    const serving = servingRepositories(context);
    const provided = new Set(manifest.provides);
    const requirements = manifest.requirements.filter(({ name }) => !provided.has(name));
    const resolved = await (0,in_parallel/* inParallel */.H)(in_parallel/* REQUESTS_AT_ONCE */.P, requirements, async (requirement) => ({
        requirement,
        result: context.deadline.passed()
            ? { kind: 'unasked' }
            : await resolveRequirement(wantedPackage(requirement, manifest.minimumStability), serving),
    }));
    const standInFor = (names, below = []) => {
        const wanted = [
            ...resolved.map(({ requirement }) => wantedPackage(requirement, manifest.minimumStability)),
            ...below.map((one) => one.wanted),
        ];
        return standInsFor(names, wanted, resolved, serving, manifest, context);
    };
    const failing = resolved.filter(({ requirement, result }) => isError(requirement, result));
    const standIn = await standInFor(new Set(failing.map(({ requirement }) => requirement.name)));
    const open = resolved.flatMap(({ requirement, result }) => {
        const known = standIn(requirement.name);
        if (known === 'found' && result.kind !== 'satisfied')
            return [];
        return [{ requirement, result: known === 'perhaps' ? uncertain(result) : result }];
    });
    const served = open.map(({ requirement, result }) => ({
        name: requirement.name,
        by: 'by' in result ? result.by : undefined,
    }));
    const hosts = await checkAskedRepositories(serving, served, context);
    const results = open.map(({ result }) => result);
    const afterwards = await afterResolving(serving, askedIn(serving, served), results, context);
    const findings = open.flatMap(({ requirement, result }) => requirementFindings(requirement, result, manifest, context));
    const { secure: archives, findings: insecure } = await archivesFor(open, manifest, downloads, context);
    const asked = await withStandIns(await askResolved(archives, afterwards), (names) => standInFor(names, archives));
    const lacking = await checkEntries(open, manifest, context);
    const cooldown = await checkCooldown(open.flatMap(({ requirement, result }) => takenPackage(requirement, result, manifest)), context);
    return {
        ...NOTHING_FOUND,
        findings: [
            ...hosts,
            ...joinedByCause(findings),
            ...insecure,
            ...(await archiveFindings(asked, afterwards)),
            ...lacking,
            ...cooldown,
        ],
        // Of those that a failing repository was to serve, or git may, nothing was learnt.
        checked: resolved
            .filter(({ requirement, result }) => {
            return result.kind !== 'unserved' && result.kind !== 'unasked' && !isLeftToGit(requirement, result);
        })
            .map(({ requirement }) => requirement.name),
        leftOut: resolved.filter(({ result }) => result.kind === 'unasked').length,
    };
}
/** Files of repositories of the first protocol that lack what older versions of Composer want: one of each repository. */
async function checkEntries(resolved, { minimumStability }, context) {
    const found = new Map();
    for (const { requirement, result } of resolved) {
        const by = 'by' in result ? result.by : undefined;
        if (by?.named === undefined || found.has(by.named.url))
            continue;
        const { name, dev } = wantedPackage(requirement, minimumStability);
        const has = await by.versions(name, dev);
        if (has.kind === 'versions' && has.lacking)
            found.set(by.named.url, brokenFile(by.named, has.lacking, context));
    }
    if (found.size === 0 || (await context.holds('takesEntriesWithoutUid')) === true)
        return [];
    const stopsOnly = (0,version_rules/* versionsWhere */.Fj)((version) => !(0,version_rules/* holds */.v9)('takesEntriesWithoutUid', version));
    return [...found.values()].flat().map((finding) => ({ ...weighted(finding, 'fatal'), stopsOnly }));
}
/** The archives that Composer takes for what is resolved; those over http apart. */
async function archivesFor(resolved, manifest, downloads, context) {
    const downloaded = downloads === 'none' ? [] : resolved;
    const found = await (0,in_parallel/* inParallel */.H)(in_parallel/* REQUESTS_AT_ONCE */.P, downloaded, ({ requirement, result }) => archiveFor(requirement, result, manifest, downloads === 'all', context));
    return withoutInsecure(found.flat(), context);
}
/** Looks for stand-ins for what is wanted, further than what is at hand only for those that fail. */
function standInsFor(failing, wanted, resolved, serving, { minimumStability }, { deadline }) {
    const roots = resolved.map(({ result }) => reachedBy(result));
    return findStandIns(wanted, (name) => failing.has(name), roots, serving, minimumStability, deadline);
}
/** A denied archive stops nobody where Composer may install a package that stands in for its own. */
async function withStandIns(asked, standInFor) {
    const errors = new Set(asked.filter(({ archive, answer }) => answer.kind === 'denied' && !archive.mayBeElsewhere && archive.hiddenBy === undefined));
    if (errors.size === 0)
        return asked;
    const standIn = await standInFor(new Set([...errors].map(({ archive }) => archive.name)));
    return asked.map((one) => errors.has(one) && standIn(one.archive.name) === 'found'
        ? { ...one, archive: { ...one.archive, mayBeElsewhere: true } }
        : one);
}
/** What Composer takes from a Composer repository for a requirement. */
function takenPackage({ name }, result, { path, repositories }) {
    if (result.kind !== 'satisfied' || result.by.isDefault || result.by.named === undefined)
        return [];
    const { entry, named } = result.by;
    const { requiresPublishedTime, position } = entry;
    const place = repositories.includes(entry) ? { path, position } : undefined;
    const { url, origin } = named;
    return [{ name, fitting: result.fitting, from: { url, origin, requiresPublishedTime, place } }];
}

;// CONCATENATED MODULE: ./lib/check/check-partial-update.js




/**
 * What `composer update vendor/name` would fetch: archives of what stays as the lock has it, and the packages that are resolved anew. What
 * these require is not resolved: of a locked package that may change with it, a refused archive is a warning.
 *
 * What only a package requires that stays is resolved under its constraint, and said at the package's line of the lock.
 */
async function checkPartialUpdate(lock, manifest, command, context) {
    const { kept, open, resolved, resolvedForKept, provides } = (0,partial_update/* partialUpdate */.DA)(lock, manifest.requirements, command);
    const anew = {
        ...manifest,
        requirements: (0,partial_update/* limited */.TJ)([...resolved, ...resolvedForKept], command),
        provides: [...manifest.provides, ...provides],
    };
    return together([
        await checkLockedPackages({ ...lock, packages: kept }, command.dev, context),
        await checkOpenPackages({ ...lock, packages: open }, command.dev, context),
        await checkRootRequirements(anew, command.dev ? 'all' : 'no-dev', context),
    ]);
}
/**
 * What `composer update --lock` would fetch: every package of the lock must be in a repository in the same version, also those for
 * development, and its archive is downloaded.
 *
 * Source of the rule: `Installer::requirePackagesForUpdate`.
 */
async function checkSameVersions(lock, manifest, { dev }, context) {
    const requirements = lock.packages.map(({ name, version, dev: isDev, position }) => {
        return { name, constraint: version, dev: isDev, position: position(), path: lock.path, lockedVersion: version };
    });
    const found = await checkRootRequirements({ ...manifest, requirements }, 'none', context);
    const denied = new Set(found.findings.flatMap((finding) => finding.packages));
    const packages = lock.packages.filter(({ name }) => !denied.has(name));
    return together([found, await checkLockedPackages({ ...lock, packages }, dev, context)]);
}

;// CONCATENATED MODULE: ./lib/check/locked/read-repositories.js







/**
 * The repositories whose packages.json Composer reads beside a lock, from 2.10 on: all of them, whatever the lock takes
 * from there. Of what fails, only that counts at which such a version stops.
 */
async function checkReadRepositories(lock, context) {
    const read = servingRepositories(context).filter(({ entry, isDefault }) => entry.type === 'composer' && !isDefault);
    const findings = await (0,in_parallel/* inParallel */.H)(in_parallel/* REQUESTS_AT_ONCE */.P, read, (repository) => checkRead(repository, lock, context));
    return findings.flat();
}
async function checkRead(repository, lock, context) {
    // One over http is not opened, and Composer counts it among those that cannot be reached.
    const insecure = insecureUrl(repository, context, false);
    if (insecure !== undefined)
        return [stoppingOnly(context.stoppedAt(repository.entry.url).status, insecure)];
    const { named } = repository;
    if (named === undefined || context.deadline.passed() || !(await isRead(named, context)))
        return [];
    const { finding } = await named.access();
    if (finding === undefined) {
        const names = lock.packages.map(({ name }) => name);
        return checkFilterList(repository, names, context);
    }
    const { stopsOnly = composer_versions/* NO_VERSION */.dG } = finding;
    return stopsOnly.length === 0 ? [] : [rootFinding(named, finding, 'unneeded')];
}
/** Whether the installed Composer, or one that may be installed, reads packages.json of a repository in any case. */
async function isRead({ origin, stopped, answered }, { version }) {
    if (stopped.content.length === 0 || (0,composer_repositories/* isPublicForge */.DS)(origin))
        return false;
    // What has been asked for already costs nothing, and is judged with all else.
    return answered !== undefined || (0,composer_versions/* isAmong */.FB)(stopped.content, await version()) !== false;
}

;// CONCATENATED MODULE: ./lib/check/resolved/requested-packages.js













/**
 * What `composer create-project` or `composer require` will ask the repository for, name by name.
 *
 * Source of the rule for stability: `CreateProjectCommand::installRootPackage`: that of the constraint, else stable.
 */
async function checkRequestedPackages(requested, context) {
    const { main } = context;
    const { finding } = await main.access();
    const checked = requested.map(({ name }) => name);
    if (finding !== undefined)
        return { ...NOTHING_FOUND, findings: [finding] };
    const results = [];
    for (const one of requested)
        results.push(await checkOne(one, context));
    const findings = results.flatMap((result) => result.findings);
    const asked = await askSample(results.flatMap(({ archives }) => archives), context);
    const taken = results.flatMap(({ fitting: [first, ...others] }) => first === undefined ? [] : [{ name: first.name, fitting: [first, ...others], from: publishingMain(context) }]);
    return {
        ...NOTHING_FOUND,
        findings: [
            ...joinedByCause(findings),
            ...(await archiveFindings(asked, context)),
            ...(await checkCooldown(taken, context)),
        ],
        checked,
    };
}
/** The main repository as the project, if it names it, wants it to be read. */
function publishingMain({ main, project }) {
    const named = project.repositories.find(({ entry }) => (0,composer_repositories/* repositoryUrl */.Ek)((0,effective_credentials/* withoutUserinfo */.Q3)(entry.url)) === main.url);
    const requiresPublishedTime = named?.entry.requiresPublishedTime ?? true;
    return { url: main.url, origin: main.origin, requiresPublishedTime, place: main.place };
}
function unusable(name, why, context) {
    const broken = why === undefined ? [] : brokenFile(context.main, why, context);
    return broken.map((finding) => refusedFor(name, finding) ?? finding);
}
async function checkOne({ name, constraint }, context) {
    const { main } = context;
    const wanted = requestedVersion(name, constraint);
    const has = await main.repository.versions(name, wanted.dev);
    switch (has.kind) {
        case 'unusable':
            return { findings: unusable(name, has.why, context), archives: [], fitting: [] };
        case 'absent':
            return { findings: [notVisible(name, constraint, context)], archives: [], fitting: [] };
        case 'versions': {
            const { best, fitting, nearest, unstable, readable } = fittingVersions(wanted, has.versions);
            if (best !== undefined)
                return { findings: [], archives: requested_packages_archiveOf(name, best, context), fitting };
            const findings = readable ? [requested_packages_unsatisfied(wanted, { nearest, unstable }, main.origin)] : [];
            return { findings, archives: [], fitting };
        }
    }
}
function requested_packages_archiveOf(name, version, { project }) {
    const { dist, hasSource } = version;
    const urls = version.type === 'metapackage' ? [] : distOfVersion(version);
    if (urls.length === 0 || dist === undefined)
        return [];
    if (hasSource && project.installSource.prefersSource(name, version.version))
        return [];
    const group = groupOf(name, '');
    return [
        {
            name,
            urls,
            group,
            family: familyOf(name),
            hiddenBy: undefined,
            type: dist.type,
            hasChecksum: dist.shasum !== '',
            hasSource,
            mayBeElsewhere: false,
            place: () => undefined,
        },
    ];
}
function notVisible(name, constraint, { main }) {
    return {
        code: 'package-denied',
        reason: 'not-visible',
        host: main.origin,
        status: undefined,
        packages: [name],
        family: familyOf(name),
        sees: seenAt(main),
        hiddenBy: undefined,
        mayBeElsewhere: undefined,
        constraint,
        place: undefined,
    };
}
function requestedVersion(name, constraint) {
    const stability = constraint === undefined ? 'stable' : (0,versions_stability/* stabilityOf */.nD)(constraint);
    return { name, constraint: constraint ?? '*', stability, dev: stability === 'dev' };
}
function requested_packages_unsatisfied({ name, constraint, stability }, versions, host) {
    return {
        code: 'version-unavailable',
        host,
        status: undefined,
        packages: [name],
        constraint,
        stability,
        ...versions,
        mayBeElsewhere: undefined,
        place: undefined,
    };
}

;// CONCATENATED MODULE: ./lib/check/check-packages.js









/**
 * Judges every package that the coming command needs: those of the lock, or the root requirements, and those of the input
 * `packages`. Where there is no project and nothing is named, only whether the keys are accepted.
 */
async function checkPackages(command, requested, context) {
    const { manifest, lock } = context.project;
    const results = [];
    if (lock !== undefined && manifest !== undefined && (0,partial_update/* isPartial */.mt)(command)) {
        const check = command.sameVersions ? checkSameVersions : checkPartialUpdate;
        results.push(await check(lock, manifest, command, context));
    }
    else if (lock !== undefined) {
        results.push(await checkLockedPackages(lock, command.dev, context));
        results.push({ ...NOTHING_FOUND, findings: await checkReadRepositories(lock, context) });
    }
    else if (manifest !== undefined) {
        const requirements = (0,partial_update/* limited */.TJ)(manifest.requirements, command);
        results.push(await checkRootRequirements({ ...manifest, requirements }, command.dev ? 'all' : 'no-dev', context));
    }
    // What is asked with headers or a certificate cannot be asked from here.
    const asksMain = !context.isOtherwiseAuthenticated(context.main.origin);
    if (requested.length > 0 && asksMain)
        results.push(await checkRequestedPackages(requested, context));
    else if (lock === undefined && !namesMain(context))
        results.push(await mainAlone(context));
    const all = together(results);
    return { ...all, findings: distinct(all.findings), checked: [...new Set(all.checked)] };
}
/** Whether composer.json, where there is one, has anything to do with the repository of the keys. */
function namesMain({ main, project }) {
    return project.manifest?.repositories.some(({ url }) => main.url === (0,composer_repositories/* withoutSlashesAtEnd */._p)(url)) === true;
}
/** The keys by themselves: an error where no project says what they are for, a warning where one does without them. */
async function mainAlone(context) {
    const { main, project } = context;
    const namedElse = project.repositories.some(({ entry }) => entry.type === 'composer' && context.named(entry, undefined)?.url === main.url);
    // Whether keys are accepted need not be asked without any.
    if (namedElse || main.credentials === undefined)
        return NOTHING_FOUND;
    const { finding } = await main.access();
    const weight = project.manifest === undefined ? 'fatal' : 'unneeded';
    return { ...NOTHING_FOUND, findings: finding === undefined ? [] : [weighted(finding, weight)] };
}
/** The same finding about a host, from two checks, is one: the heavier stays. */
function distinct(findings) {
    const kept = new Map();
    for (const finding of findings) {
        const key = 'weight' in finding ? `${finding.code} ${finding.url}` : finding;
        const heavy = 'weight' in finding && (finding.weight === 'fatal' || finding.weight === 'plugin-reads');
        if (heavy || !kept.has(key))
            kept.set(key, finding);
    }
    return [...kept.values()];
}

// EXTERNAL MODULE: ./lib/check/credentials/doubtful-credentials.js
var doubtful_credentials = __webpack_require__(667);
// EXTERNAL MODULE: ./lib/check/credentials/held-by-version.js
var held_by_version = __webpack_require__(4151);
// EXTERNAL MODULE: ./lib/composer/auth-sections.js
var auth_sections = __webpack_require__(3535);
;// CONCATENATED MODULE: ./lib/check/credentials/near-misses.js


/**
 * Adds to what says that Composer holds nothing for a host the key under which something stands that was probably meant
 * for it: a URL in the place of a host, a path behind it, another port, other letter case.
 */
function withNearMisses(findings, sources, entries) {
    if (!findings.some(isUnheld))
        return [...findings];
    const held = sources.flatMap(({ name, config }) => Object.entries(config).flatMap(([section, value]) => (0,auth_sections/* isCredentialSection */.P)(section) && (0,json/* isJsonObject */.OW)(value)
        ? Object.keys(value).map((key) => ({ key, source: name }))
        : []));
    const given = entries.flatMap(({ path: [, key] }) => (key === undefined ? [] : [{ key, source: 'composer-auth' }]));
    const known = [...given, ...held];
    return findings.map((finding) => isUnheld(finding) ? { ...finding, nearMiss: nearMissOf(finding.host, known) } : finding);
}
function isUnheld(finding) {
    return finding.code === 'credentials-missing' && finding.reason === 'none-held';
}
/** The first of some entries whose key means a host without being its origin letter by letter. */
function nearMissOf(origin, entries) {
    const wanted = hostIn(origin);
    return entries.find(({ key }) => {
        const { host, port } = hostIn(key);
        // Two ports are two servers; one that is left out, or need not be given, was forgotten.
        return key !== origin && host === wanted.host && (port === '' || wanted.port === '' || port === wanted.port);
    });
}
/** The host and the port in a key, whatever else stands in it: the scheme, a user, a path. */
function hostIn(key) {
    const authority = key
        .trim()
        .toLowerCase()
        .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
        .replace(/[/?#].*$/s, '');
    const [, host = '', port = ''] = /^(?:[^@]*@)*([^@]*?)(?::(\d*))?$/s.exec(authority) ?? [];
    return { host, port };
}

// EXTERNAL MODULE: ./lib/check/credentials/source-of-credentials.js
var source_of_credentials = __webpack_require__(5327);
;// CONCATENATED MODULE: ./lib/check/run-check.js























/**
 * Asks what one version of Composer would ask, with what it would send.
 *
 * @param deadline when all requests have to end, those of all ways together
 */
async function runCheck(setup, way, deadline) {
    const { inputs, environment, host, project, redaction } = setup;
    const held = (0,held_by_version/* withGiven */.aP)(way, setup.entries);
    const asked = new Set();
    const withCredentials = (0,allowance/* allowance */.n)(requestsFor(project, inputs.packages));
    const furtherAddresses = (0,allowance/* allowance */.n)(FURTHER_ADDRESSES);
    const credentialsFrom = (0,source_of_credentials/* sourceOfCredentials */.h)(setup.entries, way, setup.keysFrom, host);
    const context = checkContext({
        furtherAddresses,
        transport: await transportFor(setup, {
            deadline,
            withCredentials,
            credentialsFor: (origin) => {
                asked.add(origin);
                return sentTo(held.get(origin));
            },
            onRequest: (line) => (0,core/* debug */.Yz)((0,server_text/* flattened */.aO)(redaction.server(line))),
        }),
        project,
        repositoryUrl: inputs.repositoryUrl,
        held,
        credentialsFrom,
        gitHubToken: tokenForGitHub(setup, way),
        nodeExtraCaCerts: (environment.env.NODE_EXTRA_CA_CERTS ?? '') !== '',
        deadline,
        version: setup.version,
    });
    for (const origin of [host, ...namedOrigins(project)]) {
        if (context.isOtherwiseAuthenticated(origin))
            context.unchecked.add(origin, 'credentials');
    }
    // Whether keys are accepted need not be asked without any.
    const pointless = inputs.check === 'access' && !held.has(host);
    const result = pointless ? NOTHING_FOUND : await checkPackages(inputs.composerCommand, inputs.packages, context);
    return {
        ...result,
        findings: [
            ...withNearMisses(result.findings, setup.settings, setup.entries),
            ...(0,doubtful_credentials/* doubtfulCredentials */.G)(held, credentialsFrom, host),
        ],
        ...answerOfMain(context, held, asked.has(host)),
        holdsMain: way.held.has(host) || (await sendsOptions(host, project, inputs.composerCommand.dev, context)),
        unasked: withCredentials.refused + furtherAddresses.refused,
        noProject: inputs.check === 'full' && project.manifest === undefined ? inputs.workingDirectory : undefined,
        editions: shownEditions(seenAt(context.main), redaction),
        unchecked: context.unchecked.all,
    };
}
/** The token for GitHub that one version of Composer holds, and whether it is one of this step's. */
function tokenForGitHub({ settings, entries }, { version }) {
    const held = (0,github_token/* gitHubToken */.Z)(settings, version);
    if (held === undefined || held === 'other')
        return held;
    const { token, from } = held;
    const isGiven = entries.some(({ path: [, origin], value }) => {
        const given = (0,json/* isJsonObject */.OW)(value) ? value.username : value;
        return origin === github_token/* GITHUB */.U && given === token;
    });
    return {
        token,
        from: isGiven
            ? { from: 'composer-auth', source: undefined }
            : { from: 'elsewhere', by: from.by, name: from.name, place: (0,source_of_credentials/* placeOf */.$)(from) },
    };
}
/** What the main repository answered for its packages.json, if it was asked. */
function answerOfMain({ main }, held, mainAsked) {
    const { answered } = main;
    const accepts = answered?.status !== undefined && answered.finding === undefined;
    return {
        httpStatus: answered?.status,
        // There may have been no time left for it.
        asked: answered !== undefined && mainAsked,
        mainAsked,
        accepted: accepts && (held.has(main.origin) || 'without-any'),
    };
}
/** What looking for stand-ins may take, and what is tried again. */
const REQUESTS_BESIDES = 3000;
/** How many requests with credentials a run may make: so many as grow with what the project needs, and no more. */
function requestsFor({ lock, manifest, repositories }, requested) {
    const needed = (lock?.packages.length ?? 0) + (manifest?.requirements.length ?? 0) + requested.length;
    return REQUESTS_BESIDES + 2 * (needed + repositories.length);
}
function namedOrigins({ repositories }) {
    return repositories.flatMap(({ entry, named }) => entry.type === 'composer' && named !== 'default' ? [(0,composer_repositories/* repositoryOrigin */.jU)(entry)] : []);
}
/** Opens the way to the servers by Composer's settings. */
async function transportFor({ inputs, environment, settings, version }, own) {
    const { env } = environment;
    // Composer 2.8 changed which proxy an https request takes; whoever asks must take the same.
    const fallsBack = (0,proxy/* proxyDependsOnVersion */.vZ)(new URL(inputs.repositoryUrl), env) &&
        (0,version_rules/* holdsIn */.a5)(await version(), 'leavesHttpProxyForHttp') === false;
    return (0,transport/* openTransport */.g)({
        timeout: inputs.timeout,
        retries: inputs.retries,
        userAgent: `magento-composer-auth/${action_version/* VERSION */.x} (GitHub Actions)`,
        trust: (0,trust/* trustedCertificates */.g)((0,config/* trustConfig */.VH)(environment, settings), env),
        nodeTrustsAll: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
        proxyFor: (target) => (0,proxy/* proxyFor */.iJ)(target, env, fallsBack),
        essential: (0,composer_origin/* packagesJsonUrl */.v_)(inputs.repositoryUrl),
        ...own,
    });
}


/***/ })

};

export const id = 370;
export const ids = [370];
export const modules = {

/***/ 3370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   askForHelp: () => (/* binding */ askForHelp)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2333);
/* harmony import */ var _bounds_allowance_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6607);
/* harmony import */ var _bounds_deadline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3653);
/* harmony import */ var _composer_config_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9158);
/* harmony import */ var _composer_origin_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7322);
/* harmony import */ var _composer_proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _server_action_version_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3064);
/* harmony import */ var _server_redirects_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(414);
/* harmony import */ var _server_transport_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3697);
/* harmony import */ var _server_trust_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4241);










/** Seconds that all requests may take together, whatever the inputs say. */
const LONGEST_RUN = 180;
/**
 * Asks for `info/help`, which the service gives to nobody without a token. By the same rules as a repository is asked, but
 * for whom to trust: of Composer's settings the variables alone count, since the checkout has no say in this.
 */
async function askForHelp({ url, ...pair }, { timeout, retries }, environment) {
    const { env } = environment;
    const help = `${url}info/help`;
    const own = (0,_composer_origin_js__WEBPACK_IMPORTED_MODULE_6__/* .originOf */ .yv)(help);
    const transport = (0,_server_transport_js__WEBPACK_IMPORTED_MODULE_4__/* .openTransport */ .g)({
        deadline: (0,_bounds_deadline_js__WEBPACK_IMPORTED_MODULE_1__/* .openDeadline */ .L)(Math.min(LONGEST_RUN, 2 * timeout * (retries + 1)) * 1000),
        timeout,
        retries,
        userAgent: `magento-composer-auth/${_server_action_version_js__WEBPACK_IMPORTED_MODULE_7__/* .VERSION */ .x} (GitHub Actions)`,
        trust: (0,_server_trust_js__WEBPACK_IMPORTED_MODULE_5__/* .trustedCertificates */ .g)((0,_composer_config_js__WEBPACK_IMPORTED_MODULE_2__/* .trustConfig */ .VH)(environment, []), env),
        nodeTrustsAll: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
        proxyFor: (target) => (0,_composer_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .proxyFor */ .iJ)(target, env, false),
        withCredentials: (0,_bounds_allowance_js__WEBPACK_IMPORTED_MODULE_8__/* .allowance */ .n)((retries + 1) * (_server_redirects_js__WEBPACK_IMPORTED_MODULE_9__/* .MAXIMUM_REDIRECTS */ .xT + 1)),
        essential: help,
        credentialsFor: (origin) => (origin === own ? pair : undefined),
        // Where redirects lead a server says, in what words it likes.
        onRequest: () => { },
    });
    const answer = await transport.get(help);
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz)(`GET ${help} -> ${answer.kind === 'answered' ? answer.status : answer.failure.type} (tries: ${answer.tries})`);
    const came = unlikeHelp(answer, help);
    return { status: answer.status, notHelp: came && { ...circumstances(answer, help), came } };
}
/** What came in place of the help; undefined for the help, whose words nobody has promised. */
function unlikeHelp(answer, asked) {
    const { status, leftOrigin } = answer;
    if (leftOrigin || new URL(answer.url).host !== new URL(asked).host)
        return { type: 'elsewhere' };
    // Whatever becomes of its words: curl, which downloads, looks at the status alone.
    if (status === 401 || status === 403)
        return { type: 'refusal' };
    if (answer.kind === 'failed')
        return { type: 'failure', failure: answer.failure };
    if (status !== 200)
        return { type: 'status' };
    return isPage(answer.body) ? { type: 'page' } : undefined;
}
/** A page begins like one; the help is plain text, whatever its Content-Type may be. */
function isPage(body) {
    return /^\s*</.test(body.subarray(0, 512).toString());
}
function circumstances({ url: last, proxy, tries, trace }, url) {
    const { host } = new URL(last);
    return { url, tries, proxy: proxy?.shown, trace, answeredBy: host === new URL(url).host ? undefined : host };
}


/***/ })

};

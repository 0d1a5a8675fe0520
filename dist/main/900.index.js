export const id = 900;
export const ids = [900];
export const modules = {

/***/ 2900:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   inputLine: () => (/* binding */ inputLine)
/* harmony export */ });
/* harmony import */ var _workflow_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(39);
/* harmony import */ var _workflow_step_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2283);


/** The line of the workflow that sets an input; undefined when the step cannot be told, or sets no such input. */
function inputLine(env, input) {
    const found = (0,_workflow_step_js__WEBPACK_IMPORTED_MODULE_1__/* .runningStep */ .E)(env);
    if (found === undefined || !('step' in found))
        return undefined;
    const entry = (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryWithoutCase */ .rx)((0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(found.step, 'with')?.value, input);
    return entry === undefined ? undefined : { path: found.file.path, position: entry.at };
}


/***/ }),

/***/ 39:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HA: () => (/* binding */ LONGEST_WORKFLOW),
/* harmony export */   Ms: () => (/* binding */ entryOf),
/* harmony export */   S6: () => (/* binding */ readWorkflow),
/* harmony export */   rx: () => (/* binding */ entryWithoutCase)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8815);
/* harmony import */ var _bounds_bounded_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5955);




/** Longer ones are not looked at: whoever opens a pull request decides how long they are. Bytes. */
const LONGEST_WORKFLOW = 256 * 1024;
/** The one folder that GitHub takes workflows from. */
const WORKFLOW = /^\.github\/workflows\/[^/\\]+\.ya?ml$/;
/** Brackets in brackets, marks of one value in a row, and colons on one line: the parser takes their square in steps. */
const MOST_NESTED = 64;
/** Entries of all mappings together, those that are merged in counted where they come to stand. */
const MOST_ENTRIES = 100_000;
/**
 * Reads one workflow of the workspace.
 *
 * @param name the path in the repository, such as `.github/workflows/ci.yml`
 * @param longest bytes that may be read
 * @returns undefined when it is not there, leads out of the workspace, is too long, or is no YAML that GitHub would take
 */
function readWorkflow(workspace, name, longest) {
    if (!WORKFLOW.test(name))
        return undefined;
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, name);
    try {
        const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(workspace), (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path));
        if (inside === '' || inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(inside))
            return undefined;
        const file = (0,_bounds_bounded_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readBounded */ .CB)(path, Math.min(longest, LONGEST_WORKFLOW));
        if (file.kind !== 'bytes')
            return undefined;
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes);
        const root = isPlain(text) ? parse(text) : undefined;
        return root === undefined ? undefined : { path, length: file.bytes.length, root };
    }
    catch {
        // Not there, not readable, not UTF-8, or nested deeper than the parser's stack.
        return undefined;
    }
}
/** The entry of a mapping, by its exact name. */
function entryOf(item, name) {
    return item?.entry(name);
}
/** The entry of a mapping whose names GitHub compares without case: inputs and secrets. */
function entryWithoutCase(item, name) {
    return item?.entries?.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
}
/** Whether a text is one that the parser reads in no more steps than it has characters. */
function isPlain(text) {
    let open = 0;
    let marks = 0;
    let colons = 0;
    for (const token of new yaml__WEBPACK_IMPORTED_MODULE_2__/* .Lexer */ .JG().lex(text)) {
        switch (yaml__WEBPACK_IMPORTED_MODULE_2__/* .CST */ .DB.tokenType(token)) {
            case 'flow-map-start':
            case 'flow-seq-start':
                open++;
                break;
            case 'flow-map-end':
            case 'flow-seq-end':
                open--;
                marks = 0;
                break;
            case 'map-value-ind':
                if (open === 0)
                    colons++;
                marks++;
                break;
            case 'anchor':
            case 'tag':
            case 'seq-item-ind':
            case 'explicit-key-ind':
                marks++;
                break;
            case 'newline':
                colons = 0;
                break;
            case 'space':
            case 'comment':
                break;
            default:
                marks = 0;
        }
        if (Math.max(open, marks, colons) > MOST_NESTED)
            return false;
    }
    return true;
}
function parse(text) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_2__/* .LineCounter */ .HN();
    // A double key is looked for where one is read: the parser compares every key with every other one.
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .parseDocument */ .Tp)(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' });
    if (document.errors.length > 0 || document.contents === null)
        return undefined;
    const anchors = anchorsOf(document);
    if (anchors === undefined)
        return undefined;
    const positionOf = ({ range }) => {
        const { line, col } = lines.linePos(range?.[0] ?? 0);
        return { line, column: col };
    };
    return itemOf(document.contents, { anchors, positionOf, mappings: new Map(), entries: 0 });
}
/** A name may be given again: an alias means the last one before it. Undefined when one means nothing. */
function anchorsOf(document) {
    const named = new Map();
    const anchors = new Map();
    let complete = true;
    (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .visit */ .YR)(document, {
        Value: (_, node) => {
            if (node.anchor !== undefined)
                named.set(node.anchor, node);
        },
        Alias: (_, alias) => {
            const target = named.get(alias.source);
            if (target === undefined)
                complete = false;
            else
                anchors.set(alias, target);
        },
    });
    return complete ? anchors : undefined;
}
/** Reads on demand: what nobody asks for costs nothing, however often it is repeated by aliases. */
function itemOf(node, reading) {
    const target = resolved(node, reading);
    return {
        get text() {
            if (target === null || target === undefined)
                return '';
            if (!(0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isScalar */ .jn)(target))
                return undefined;
            return typeof target.value === 'string' ? target.value : (target.source ?? '');
        },
        get blockLine() {
            return (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isScalar */ .jn)(target) && target.type === 'BLOCK_LITERAL' ? reading.positionOf(target).line + 1 : undefined;
        },
        get items() {
            return (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isSeq */ .oP)(target) ? target.items.map((item) => itemOf(item, reading)) : undefined;
        },
        get entries() {
            const mapping = mappingOf(target, reading);
            return mapping && [...mapping.values()];
        },
        entry: (name) => mappingOf(target, reading)?.get(name),
    };
}
/** Undefined for what is no mapping, and for one that merges itself, or more than a file can mean. */
function mappingOf(node, reading) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isMap */ .jh)(node))
        return undefined;
    if (!reading.mappings.has(node)) {
        // Whoever comes back to it before it is read finds none.
        reading.mappings.set(node, undefined);
        reading.mappings.set(node, readMapping(node, reading));
    }
    return reading.mappings.get(node);
}
function readMapping(node, reading) {
    const entries = new Map();
    const merged = [];
    for (const { key, value } of node.items) {
        const target = resolved(key, reading);
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isScalar */ .jn)(target))
            return undefined;
        const name = String(target.source ?? target.value);
        if (name === '<<')
            merged.push(value);
        else if (entries.has(name))
            return undefined;
        else
            entries.set(name, { name, at: reading.positionOf((0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isAlias */ .Vj)(key) ? key : target), value: itemOf(value, reading) });
    }
    reading.entries += entries.size;
    const sources = merged.flatMap((source) => {
        const target = resolved(source, reading);
        return (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isSeq */ .oP)(target) ? target.items : [target];
    });
    return sources.every((source) => mergeInto(entries, resolved(source, reading), reading)) ? entries : undefined;
}
/** Adds the entries of another mapping that are not there yet; false where it is none, or one too many. */
function mergeInto(entries, source, reading) {
    const from = mappingOf(source, reading);
    reading.entries += from?.size ?? 0;
    if (from === undefined || reading.entries > MOST_ENTRIES)
        return false;
    for (const [name, entry] of from)
        if (!entries.has(name))
            entries.set(name, entry);
    return true;
}
/** What an alias stands for; all else is itself. */
function resolved(node, { anchors }) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_2__/* .isAlias */ .Vj)(node) ? anchors.get(node) : node;
}


/***/ }),

/***/ 2283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ runningStep)
/* harmony export */ });
/* harmony import */ var _workflow_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(39);

/** As many files as are read for one answer; GitHub lets a workflow reach 50, and ten in a row. */
const MOST_FILES = 20;
/** What is read of all of them together. Bytes. */
const MOST_BYTES = 2 * _workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .LONGEST_WORKFLOW */ .HA;
/** As many calls of reusable workflows as are followed: files that call each other have ways without end. */
const MOST_CALLS = 1000;
/** More steps than GitHub would run in a job. */
const MOST_STEPS = 1000;
/** Source of the rule: `WorkflowConstants.MaxNodeNameLength` in actions/runner. */
const LONGEST_ID = 100;
/**
 * Looks for the step that is running: the one of the job `GITHUB_JOB` that has the id in `GITHUB_ACTION` and uses this
 * action, in the workflow that `GITHUB_WORKFLOW_REF` names or in a reusable one of the workspace that it calls. A
 * reusable workflow of another repository cannot be read, and is taken to hold no such step.
 *
 * @returns the step; a single call that must have led to it, where the called file cannot be read; undefined when neither
 *   can be told: in a composite action, whose steps stand in a file of its own, or with several steps that fit
 */
function runningStep(env) {
    const name = workflowPath(env);
    const { GITHUB_WORKSPACE: workspace, GITHUB_JOB: jobId } = env;
    // The runner sets the path for steps of composite actions alone. Source: `CompositeActionHandler.cs`.
    if (!workspace || !jobId || name === undefined || (env.GITHUB_ACTION_PATH ?? '') !== '')
        return undefined;
    const search = {
        workspace,
        jobId,
        env,
        files: new Map(),
        left: MOST_BYTES,
        steps: [],
        unread: [],
        jobSeen: false,
        calls: 0,
    };
    searchFile(search, name, undefined, []);
    const { steps, unread, jobSeen, calls } = search;
    // Which of so many it was, and whether all of them agree, cannot be told.
    if (calls > MOST_CALLS)
        return undefined;
    const [first] = steps;
    if (first === undefined)
        return jobSeen || unread.length !== 1 ? undefined : unread[0];
    // One reusable workflow that several jobs call is one step all the same.
    const several = steps.some(({ file, call }) => file !== first.file || (call === undefined) !== (first.call === undefined));
    if (several)
        return undefined;
    const { file, job, step } = first;
    return { file, job, step, calls: steps.flatMap(({ call }) => call ?? []) };
}
/**
 * Looks for the step in a file and in those that it calls.
 *
 * @param call the job that led to the file
 * @param above the files that led to it
 * @returns false where the file cannot be read, or calls itself
 */
function searchFile(search, path, call, above) {
    const file = fileAt(search, path);
    if (file === undefined || above.includes(path))
        return false;
    for (const { name, value: job } of (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(file.root, 'jobs')?.value.entries ?? []) {
        const uses = (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(job, 'uses');
        if (uses !== undefined) {
            if (++search.calls > MOST_CALLS)
                return false;
            followCall(search, { file, job, uses, outer: call }, [...above, path]);
        }
        else if (name === search.jobId) {
            search.jobSeen = true;
            const step = stepOf(job, search.env);
            if (step !== undefined)
                search.steps.push({ file, job, step, call });
        }
    }
    return true;
}
function followCall(search, call, above) {
    const local = /^\.\/(.+)$/.exec(call.uses.value.text ?? '')?.[1];
    if (local === undefined || !searchFile(search, local, call, above))
        search.unread.push(call);
}
/** Reads each file once, as long as there are not too many. */
function fileAt(search, path) {
    const { files, workspace } = search;
    if (!files.has(path) && files.size < MOST_FILES) {
        const read = (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .readWorkflow */ .S6)(workspace, path, search.left);
        // What cannot be read was looked at too.
        search.left -= read?.length ?? _workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .LONGEST_WORKFLOW */ .HA / 4;
        files.set(path, read);
    }
    return files.get(path);
}
/** The path in `owner/repo/.github/workflows/ci.yml@refs/heads/main`, where that is this repository's. */
function workflowPath({ GITHUB_WORKFLOW_REF: ref = '', GITHUB_REPOSITORY: repository = '' }) {
    const [, owner = '', path] = /^([^/]+\/[^/]+)\/(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(ref) ?? [];
    // A rule of the organisation may run a workflow that stands in another repository.
    return repository !== '' && owner.toLowerCase() !== repository.toLowerCase() ? undefined : path;
}
function stepOf(job, env) {
    const steps = (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(job, 'steps')?.value.items ?? [];
    if (steps.length > MOST_STEPS)
        return undefined;
    const ids = stepIds(steps);
    const wanted = (env.GITHUB_ACTION ?? '').toLowerCase();
    const exact = steps.filter((_, index) => ids[index]?.toLowerCase() === wanted);
    // GitHub's documentation and its source disagree about hyphens and underscores in a made-up id.
    const close = steps.filter((_, index) => bare(ids[index] ?? '') === bare(wanted));
    const [step, ...others] = exact.length > 0 ? exact : close;
    const uses = (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(step, 'uses')?.value.text ?? '';
    return others.length === 0 && usesThisAction(uses, env) ? step : undefined;
}
function bare(id) {
    return id.toLowerCase().replace(/[^a-z0-9]/g, '');
}
/**
 * The id of every step as GitHub makes it: its own, or one from what it uses, numbered where it stands again.
 *
 * Source of the rule: `WorkflowTemplateConverter.ConvertToSteps` and `IdBuilder` in actions/runner.
 */
function stepIds(steps) {
    const own = steps.map((step) => (0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(step, 'id')?.value.text ?? '');
    const taken = new Set(own.filter((id) => id !== '').map((id) => id.toLowerCase()));
    return steps.map((step, index) => {
        const id = own[index] ?? '';
        if (id !== '')
            return id;
        const base = `__${usedName((0,_workflow_file_js__WEBPACK_IMPORTED_MODULE_0__/* .entryOf */ .Ms)(step, 'uses')?.value.text ?? '')}`.replace(/[^A-Za-z0-9_-]/g, '_');
        for (let attempt = 1;; attempt++) {
            const suffix = attempt === 1 ? '' : `_${attempt}`;
            const candidate = base.slice(0, LONGEST_ID - suffix.length) + suffix;
            if (taken.has(candidate.toLowerCase()))
                continue;
            taken.add(candidate.toLowerCase());
            return candidate;
        }
    });
}
function usedName(uses) {
    if (uses.startsWith('docker://'))
        return uses.slice('docker://'.length) || 'run';
    if (isLocal(uses))
        return 'self';
    if (/^\$\/+[^/]/.test(uses))
        return 'selfRepository';
    const [path = '', ref = '', ...more] = uses.split('@');
    const [owner, repository] = path.split(/[/\\]/).filter((segment) => segment !== '');
    return owner === undefined || repository === undefined || ref === '' || more.length > 0
        ? 'run'
        : `${owner}/${repository}`;
}
function isLocal(uses) {
    return uses.startsWith('./') || uses.startsWith('.\\');
}
/** Whether a `uses:` names the action that is running. One in a folder of the workspace has no repository. */
function usesThisAction(uses, env) {
    const repository = (env.GITHUB_ACTION_REPOSITORY ?? '').toLowerCase();
    if (repository === '')
        return isLocal(uses);
    if (uses.startsWith('$/'))
        return repository === env.GITHUB_REPOSITORY?.toLowerCase();
    return usedName(uses).toLowerCase() === repository;
}


/***/ })

};

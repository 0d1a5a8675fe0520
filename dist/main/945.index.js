export const id = 945;
export const ids = [945];
export const modules = {

/***/ 9945:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cameAs: () => (/* binding */ cameAs),
  findKeySource: () => (/* binding */ findKeySource),
  inputLine: () => (/* reexport */ inputLine)
});

// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(9547);
// EXTERNAL MODULE: ./lib/composer/json.js
var json = __webpack_require__(3206);
;// CONCATENATED MODULE: ./lib/workflow/expression.js
/** A value that is longer is no name of a secret, and not worth the time to take it apart. Characters. */
const LONGEST_VALUE = 2000;
/** An expression; its first group is what stands between the braces. */
const EXPRESSION = /\$\{\{((?:'[^']*'|[^'])*?)\}\}/g;
/** A text that stands alone, or behind the last `||`. */
const NEVER_EMPTY = /(?:^|\|\|)\s*'[^']+'$/;
/** A property or an index after a context, or a text that may only look like one. */
const REFERENCE = /(?<![\w.-])(secrets|vars|env|inputs|steps|needs|matrix|github)((?:\s*\.\s*[\w*-]+|\s*\[[^\]]*\])+)|'[^']*'/gi;
const STEP = /\.\s*([\w*-]+)|\[\s*'([^']*)'\s*\]|\[[^\]]*\]/g;
/** Reads the value of an input, of a variable or of a secret that is passed on. */
function workflowValue(text) {
    if (text.length > LONGEST_VALUE)
        return { kind: 'text' };
    const around = text.replace(EXPRESSION, '').trim();
    const expressions = [...text.matchAll(EXPRESSION)].map(([, inner]) => inner ?? '');
    if (expressions.length === 0)
        return { kind: around === '' ? 'empty' : 'text' };
    const dollar = around === '$' && text.trim().startsWith('$${{');
    if (around !== '' && !dollar)
        return { kind: 'text' };
    const mayBeEmpty = !expressions.some((expression) => NEVER_EMPTY.test(expression.trim()));
    return { kind: 'expression', dollar, mayBeEmpty, takes: distinct(expressions.flatMap(references)) };
}
/** What an expression takes its value from. */
function references(expression) {
    return [...expression.matchAll(REFERENCE)].flatMap(([, context, path]) => {
        if (context === undefined || path === undefined)
            return [];
        const steps = [...path.matchAll(STEP)].map(([, property, index]) => property ?? index);
        return [{ context: contextOf(context.toLowerCase()), name: shown(steps) }];
    });
}
function contextOf(word) {
    switch (word) {
        case 'secrets':
        case 'vars':
        case 'env':
        case 'inputs':
        case 'steps':
        case 'needs':
            return word;
        default:
            return 'other';
    }
}
/** As long as GitHub lets a name be read by people. Characters. */
const LONGEST_NAME = 100;
/**
 * A name is shown only when it is one: the file is text of a pull request. What looks like a key is not shown either: a key
 * was put where its name belongs.
 */
function shown(steps) {
    const fit = steps.every((step) => step !== undefined && /^[A-Za-z_][A-Za-z0-9_-]*$/.test(step) && !/[0-9a-f]{32}/i.test(step));
    const name = steps.join('.');
    return fit && name !== '' && name.length <= LONGEST_NAME ? name : undefined;
}
function distinct(takes) {
    const seen = new Map(takes.map((reference) => [`${reference.context}.${reference.name?.toLowerCase()}`, reference]));
    return [...seen.values()];
}

;// CONCATENATED MODULE: ./lib/workflow/auth-template.js



/** A longer document is not looked into: whoever opens a pull request decides how long it is. Characters. */
const LONGEST_TEMPLATE = 16_000;
/** Stands for an expression: characters that no key and no host has. */
const MARK = /\uE000(\d+)\uE001/g;
/**
 * The value at a path of a JSON document with expressions in it, inside quotation marks or, with `toJSON`, in their place.
 *
 * @returns undefined where the document is none, or has nothing there
 */
function templateValue(text, path) {
    if (text.length > LONGEST_TEMPLATE)
        return undefined;
    const { document, expressions } = withMarks(text);
    const root = (0,main.parseTree)(document);
    const node = root && (0,main.findNodeAtLocation)(root, [...path]);
    if (typeof node?.value !== 'string')
        return undefined;
    // What has something else around it did not come empty; a dollar sign is what `$${{` leaves, a header has a name.
    const around = node.value.replace(MARK, '');
    if (!/^\$?$|:/.test(around))
        return undefined;
    const marks = [...node.value.matchAll(MARK)].map(([, index]) => expressions[Number(index)] ?? '');
    return { takes: marks.flatMap(references), line: (0,json/* positionAt */.t$)(document, node.offset).line };
}
/** The document with a mark for each expression, so that it is JSON. */
function withMarks(text) {
    const expressions = [];
    let inside = false;
    let document = '';
    let from = 0;
    for (const { index, 0: whole, 1: expression = '' } of text.matchAll(EXPRESSION)) {
        const before = text.slice(from, index);
        inside = endsInside(before, inside);
        const mark = `\uE000${expressions.length}\uE001`;
        document += `${before}${inside ? mark : `"${mark}"`}`;
        expressions.push(expression);
        from = index + whole.length;
    }
    return { document: document + text.slice(from), expressions };
}
/** Whether a piece of JSON ends inside quotation marks. */
function endsInside(piece, began) {
    let inside = began;
    for (let index = 0; index < piece.length; index++) {
        if (inside && piece[index] === '\\')
            index++;
        else if (piece[index] === '"')
            inside = !inside;
    }
    return inside;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./lib/bounds/bounded-file.js
var bounded_file = __webpack_require__(5955);
;// CONCATENATED MODULE: ./lib/workflow/workflow-file.js




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
    const path = (0,external_node_path_.join)(workspace, name);
    try {
        const inside = (0,external_node_path_.relative)((0,external_node_fs_.realpathSync)(workspace), (0,external_node_fs_.realpathSync)(path));
        if (inside === '' || inside.startsWith('..') || (0,external_node_path_.isAbsolute)(inside))
            return undefined;
        const file = (0,bounded_file/* readBounded */.CB)(path, Math.min(longest, LONGEST_WORKFLOW));
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
    for (const token of new dist/* Lexer */.JG().lex(text)) {
        switch (dist/* CST */.DB.tokenType(token)) {
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
    const lines = new dist/* LineCounter */.HN();
    // A double key is looked for where one is read: the parser compares every key with every other one.
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' });
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
    (0,dist/* visit */.YR)(document, {
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
            if (!(0,dist/* isScalar */.jn)(target))
                return undefined;
            return typeof target.value === 'string' ? target.value : (target.source ?? '');
        },
        get blockLine() {
            return (0,dist/* isScalar */.jn)(target) && target.type === 'BLOCK_LITERAL' ? reading.positionOf(target).line + 1 : undefined;
        },
        get items() {
            return (0,dist/* isSeq */.oP)(target) ? target.items.map((item) => itemOf(item, reading)) : undefined;
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
    if (!(0,dist/* isMap */.jh)(node))
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
        if (!(0,dist/* isScalar */.jn)(target))
            return undefined;
        const name = String(target.source ?? target.value);
        if (name === '<<')
            merged.push(value);
        else if (entries.has(name))
            return undefined;
        else
            entries.set(name, { name, at: reading.positionOf((0,dist/* isAlias */.Vj)(key) ? key : target), value: itemOf(value, reading) });
    }
    reading.entries += entries.size;
    const sources = merged.flatMap((source) => {
        const target = resolved(source, reading);
        return (0,dist/* isSeq */.oP)(target) ? target.items : [target];
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
    return (0,dist/* isAlias */.Vj)(node) ? anchors.get(node) : node;
}

;// CONCATENATED MODULE: ./lib/workflow/workflow-step.js

/** As many files as are read for one answer; GitHub lets a workflow reach 50, and ten in a row. */
const MOST_FILES = 20;
/** What is read of all of them together. Bytes. */
const MOST_BYTES = 2 * LONGEST_WORKFLOW;
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
    for (const { name, value: job } of entryOf(file.root, 'jobs')?.value.entries ?? []) {
        const uses = entryOf(job, 'uses');
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
        const read = readWorkflow(workspace, path, search.left);
        // What cannot be read was looked at too.
        search.left -= read?.length ?? LONGEST_WORKFLOW / 4;
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
    const steps = entryOf(job, 'steps')?.value.items ?? [];
    if (steps.length > MOST_STEPS)
        return undefined;
    const ids = stepIds(steps);
    const wanted = (env.GITHUB_ACTION ?? '').toLowerCase();
    const exact = steps.filter((_, index) => ids[index]?.toLowerCase() === wanted);
    // GitHub's documentation and its source disagree about hyphens and underscores in a made-up id.
    const close = steps.filter((_, index) => bare(ids[index] ?? '') === bare(wanted));
    const [step, ...others] = exact.length > 0 ? exact : close;
    const uses = entryOf(step, 'uses')?.value.text ?? '';
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
    const own = steps.map((step) => entryOf(step, 'id')?.value.text ?? '');
    const taken = new Set(own.filter((id) => id !== '').map((id) => id.toLowerCase()));
    return steps.map((step, index) => {
        const id = own[index] ?? '';
        if (id !== '')
            return id;
        const base = `__${usedName(entryOf(step, 'uses')?.value.text ?? '')}`.replace(/[^A-Za-z0-9_-]/g, '_');
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

;// CONCATENATED MODULE: ./lib/workflow/input-line.js


/** The line of the workflow that sets an input; undefined when the step cannot be told, or sets no such input. */
function inputLine(env, input) {
    const found = runningStep(env);
    if (found === undefined || !('step' in found))
        return undefined;
    const entry = entryWithoutCase(entryOf(found.step, 'with')?.value, input);
    return entry === undefined ? undefined : { path: found.file.path, position: entry.at };
}

;// CONCATENATED MODULE: ./lib/workflow/key-source.js




// Whoever wants something of the workflow loads it from here: two ways in would put all of it into dist/ twice.

/** What the value of an input came as, surrounding white space aside. */
function cameAs(value) {
    if (value === '')
        return 'nothing';
    if (value === '$')
        return 'dollar';
    return value.startsWith('$') ? 'dollar-value' : 'value';
}
/**
 * What the workflow takes keys from, and which line that is.
 *
 * @param came each input that is asked about
 * @param empty what came empty in the JSON of `composer-auth`, where that alone is asked about
 * @returns undefined when the step cannot be told, or the file in the workspace cannot be the one that this run started from
 */
function findKeySource(env, came, empty = []) {
    const found = runningStep(env);
    if (found === undefined)
        return undefined;
    const something = [...came.values()].some((what) => what === 'value' || what === 'dollar-value');
    if (!('step' in found))
        return something ? undefined : fromUnreadCall(found);
    const read = [...came].map(([input, what]) => readInput(found, input, what, empty));
    const inputs = read.flatMap((one) => one ?? []);
    const [first] = inputs;
    if (first === undefined || inputs.length < came.size)
        return undefined;
    const passed = passing(found, inputs.map(({ input }) => input));
    // What was not handed on cannot have arrived; but for a document around it.
    if (something && empty.length === 0 && passed.call !== undefined)
        return undefined;
    return {
        source: {
            inputs: passed.inputs,
            forDownloads: setsDownloads(found),
            environment: entryOf(found.job, 'environment') !== undefined,
            called: found.calls.length > 0,
            call: passed.call,
        },
        place: passed.place ?? { path: found.file.path, position: first.at },
    };
}
/** The called workflow is not here, but that no secret was handed to it is. */
function fromUnreadCall({ file, job, uses }) {
    if (entryOf(job, 'secrets') !== undefined)
        return undefined;
    const source = {
        inputs: [],
        forDownloads: false,
        environment: false,
        called: true,
        call: { kind: 'no-secrets' },
    };
    return { source, place: { path: file.path, position: uses.at } };
}
function setsDownloads({ step }) {
    const settings = entryOf(step, 'with')?.value;
    return ['mage-id', 'download-token'].some((name) => entryWithoutCase(settings, name) !== undefined);
}
function readInput({ file, job, step }, input, came, empty) {
    const settings = entryOf(step, 'with');
    const entries = settings?.value.entries ?? (settings === undefined || settings.value.text === '' ? [] : undefined);
    if (entries === undefined)
        return undefined;
    const entry = entryWithoutCase(settings?.value, input);
    if (entry === undefined) {
        const uses = entryOf(step, 'uses');
        // What is inserted may hold anything.
        if (came !== 'nothing' || uses === undefined || entries.some(({ name }) => name.includes('{{')))
            return undefined;
        const misspelt = entries.find(({ name }) => resembles(name, input));
        return {
            input: { input, set: 'absent', misspelt: misspelt?.name, takes: [], from: [] },
            at: (misspelt ?? settings ?? uses).at,
        };
    }
    return readEntry(entry, input, came, empty, [step, job, file.root]);
}
/** What the entry of an input tells, with what `env:` of these fills its variables with. */
function readEntry(entry, input, came, empty, scopes) {
    const { text } = entry.value;
    const value = text === undefined ? undefined : workflowValue(text);
    if (value === undefined || !canGive(value, came))
        return undefined;
    const parts = value.kind === 'text' ? empty.flatMap((path) => templateValue(text ?? '', path) ?? []) : [];
    // A document that has other values there is not the one that came.
    if (value.kind === 'text' && parts.length < empty.length)
        return undefined;
    const takes = value.kind === 'expression' ? value.takes : parts.flatMap((part) => part.takes);
    const from = takes.flatMap((reference) => fromEnvironment(reference, scopes));
    return { input: { input, set: value.kind, misspelt: undefined, takes, from }, at: lineOf(parts[0], entry) };
}
/** The line on which a value of a document stands, where the document is written line by line; else that of the input. */
function lineOf(part, { at, value }) {
    if (part === undefined || value.blockLine === undefined)
        return at;
    return { line: value.blockLine + part.line - 1, column: 1 };
}
/** Whether a value of the file can have given what came; if not, it is not the file that the run started from. */
function canGive(value, came) {
    switch (value.kind) {
        case 'empty':
            return came === 'nothing';
        case 'text':
            return came === 'value' || came === 'dollar-value';
        case 'expression':
            // A secret may itself begin with a dollar sign.
            if (came === 'dollar-value')
                return true;
            return value.dollar === (came === 'dollar') && (came === 'value' || value.mayBeEmpty);
    }
}
/** Names that people write for an input, letter case and separators aside. */
const MISTAKEN = {
    'public-key': ['publickey', 'publickeys', 'magentopublickey', 'username', 'user', 'key'],
    'private-key': ['privatekey', 'privatekeys', 'magentoprivatekey', 'password', 'secret', 'secretkey'],
    'composer-auth': ['composerauth', 'composerauthjson', 'auth', 'authjson'],
    'mage-id': ['mageid', 'magentoid', 'magid'],
    'download-token': ['downloadtoken', 'downloadstoken', 'downloadaccesstoken', 'downloadsaccesstoken', 'token'],
};
function resembles(name, input) {
    if (!/^[A-Za-z_][A-Za-z0-9_-]{0,40}$/.test(name))
        return false;
    const letters = name.toLowerCase().replace(/[_-]/g, '');
    return MISTAKEN[input].includes(letters) || isOneSlip(letters, input.replace('-', ''));
}
/** Whether a text becomes the other by one letter added, left out, or exchanged, or by two that change places. */
function isOneSlip(text, wanted) {
    let start = 0;
    while (start < wanted.length && text[start] === wanted[start])
        start++;
    const [rest, wantedRest] = [text.slice(start), wanted.slice(start)];
    return (rest.slice(1) === wantedRest.slice(1) ||
        rest.slice(1) === wantedRest ||
        rest === wantedRest.slice(1) ||
        (rest[0] === wantedRest[1] && rest[1] === wantedRest[0] && rest.slice(2) === wantedRest.slice(2)));
}
/** What a variable of the workflow is filled with: the innermost `env:` counts. */
function fromEnvironment({ context, name }, scopes) {
    if (context !== 'env' || name === undefined)
        return [];
    const entries = scopes.map((scope) => entryOf(entryOf(scope, 'env')?.value, name));
    const text = entries.find((entry) => entry !== undefined)?.value.text;
    const value = text === undefined ? undefined : workflowValue(text);
    return value?.kind === 'expression' ? value.takes : [];
}
/** Follows the secrets through the calls of a reusable workflow, up to where they are not handed on. */
function passing({ calls }, inputs) {
    const unknown = { inputs, call: undefined, place: undefined };
    const followed = calls.map((call) => follow(call, inputs));
    const [first = unknown] = followed;
    // Which of several calls this is nobody says: what holds for each of them holds.
    if (followed.some(({ call }) => JSON.stringify(call) !== JSON.stringify(first.call)))
        return unknown;
    return followed.length > 1 ? { ...first, inputs, place: undefined } : first;
}
function follow(call, inputs) {
    const names = secretNames(inputs);
    if (names.length === 0)
        return { inputs, call: undefined, place: undefined };
    const { path } = call.file;
    const secrets = entryOf(call.job, 'secrets');
    if (secrets === undefined) {
        return { inputs, call: { kind: 'no-secrets' }, place: { path, position: call.uses.at } };
    }
    if (secrets.value.text?.toLowerCase() === 'inherit') {
        return call.outer === undefined ? { inputs, call: undefined, place: undefined } : follow(call.outer, inputs);
    }
    if (secrets.value.entries === undefined)
        return { inputs, call: undefined, place: undefined };
    const passed = new Map(names.map((name) => [name, entryWithoutCase(secrets.value, name)]));
    const lacking = names.filter((name) => passed.get(name) === undefined);
    const without = inputs.filter((input) => secretNames([input]).some((name) => lacking.includes(name)));
    const renamed = inputs.map((input) => (without.includes(input) ? input : { ...input, from: filledBy(input, passed) }));
    if (lacking.length > 0) {
        return {
            inputs: renamed,
            call: { kind: 'not-passed', names: lacking, inputs: without.map(({ input }) => input) },
            place: { path, position: secrets.at },
        };
    }
    return call.outer === undefined ? { inputs: renamed, call: undefined, place: undefined } : follow(call.outer, renamed);
}
/** The secrets that the inputs come from in the end. */
function secretNames(inputs) {
    const ends = inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes));
    return [...new Set(ends.flatMap(({ context, name }) => (context === 'secrets' && name !== undefined ? [name] : [])))];
}
function filledBy({ takes, from }, passed) {
    return (from.length > 0 ? from : takes).flatMap((reference) => {
        const text = passed.get(reference.name ?? '')?.value.text;
        const value = text === undefined ? undefined : workflowValue(text);
        return value?.kind === 'expression' ? value.takes : [reference];
    });
}


/***/ })

};

import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE__without_undici_js_7321e51d__ from "./without-undici.js";
/******/ var __webpack_modules__ = ({

/***/ 4807:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./format", "./parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isWS = exports.applyEdit = exports.setProperty = exports.removeProperty = void 0;
    const format_1 = __nccwpck_require__(6612);
    const parser_1 = __nccwpck_require__(5152);
    function removeProperty(text, path, options) {
        return setProperty(text, path, void 0, options);
    }
    exports.removeProperty = removeProperty;
    function setProperty(text, originalPath, value, options) {
        const path = originalPath.slice();
        const errors = [];
        const root = (0, parser_1.parseTree)(text, errors);
        let parent = void 0;
        let lastSegment = void 0;
        while (path.length > 0) {
            lastSegment = path.pop();
            parent = (0, parser_1.findNodeAtLocation)(root, path);
            if (parent === void 0 && value !== void 0) {
                if (typeof lastSegment === 'string') {
                    value = { [lastSegment]: value };
                }
                else {
                    value = [value];
                }
            }
            else {
                break;
            }
        }
        if (!parent) {
            // empty document
            if (value === void 0) { // delete
                throw new Error('Can not delete in empty document');
            }
            return withFormatting(text, { offset: root ? root.offset : 0, length: root ? root.length : 0, content: JSON.stringify(value) }, options);
        }
        else if (parent.type === 'object' && typeof lastSegment === 'string' && Array.isArray(parent.children)) {
            const existing = (0, parser_1.findNodeAtLocation)(parent, [lastSegment]);
            if (existing !== void 0) {
                if (value === void 0) { // delete
                    if (!existing.parent) {
                        throw new Error('Malformed AST');
                    }
                    const propertyIndex = parent.children.indexOf(existing.parent);
                    let removeBegin;
                    let removeEnd = existing.parent.offset + existing.parent.length;
                    if (propertyIndex > 0) {
                        // remove the comma of the previous node
                        let previous = parent.children[propertyIndex - 1];
                        removeBegin = previous.offset + previous.length;
                    }
                    else {
                        removeBegin = parent.offset + 1;
                        if (parent.children.length > 1) {
                            // remove the comma of the next node
                            let next = parent.children[1];
                            removeEnd = next.offset;
                        }
                    }
                    return withFormatting(text, { offset: removeBegin, length: removeEnd - removeBegin, content: '' }, options);
                }
                else {
                    // set value of existing property
                    return withFormatting(text, { offset: existing.offset, length: existing.length, content: JSON.stringify(value) }, options);
                }
            }
            else {
                if (value === void 0) { // delete
                    return []; // property does not exist, nothing to do
                }
                const newProperty = `${JSON.stringify(lastSegment)}: ${JSON.stringify(value)}`;
                const index = options.getInsertionIndex ? options.getInsertionIndex(parent.children.map(p => p.children[0].value)) : parent.children.length;
                let edit;
                if (index > 0) {
                    let previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                else if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty + ',' };
                }
                return withFormatting(text, edit, options);
            }
        }
        else if (parent.type === 'array' && typeof lastSegment === 'number' && Array.isArray(parent.children)) {
            const insertIndex = lastSegment;
            if (insertIndex === -1) {
                // Insert
                const newProperty = `${JSON.stringify(value)}`;
                let edit;
                if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    const previous = parent.children[parent.children.length - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else if (value === void 0 && parent.children.length >= 0) {
                // Removal
                const removalIndex = lastSegment;
                const toRemove = parent.children[removalIndex];
                let edit;
                if (parent.children.length === 1) {
                    // only item
                    edit = { offset: parent.offset + 1, length: parent.length - 2, content: '' };
                }
                else if (parent.children.length - 1 === removalIndex) {
                    // last item
                    let previous = parent.children[removalIndex - 1];
                    let offset = previous.offset + previous.length;
                    let parentEndOffset = parent.offset + parent.length;
                    edit = { offset, length: parentEndOffset - 2 - offset, content: '' };
                }
                else {
                    edit = { offset: toRemove.offset, length: parent.children[removalIndex + 1].offset - toRemove.offset, content: '' };
                }
                return withFormatting(text, edit, options);
            }
            else if (value !== void 0) {
                let edit;
                const newProperty = `${JSON.stringify(value)}`;
                if (!options.isArrayInsertion && parent.children.length > lastSegment) {
                    const toModify = parent.children[lastSegment];
                    edit = { offset: toModify.offset, length: toModify.length, content: newProperty };
                }
                else if (parent.children.length === 0 || lastSegment === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: parent.children.length === 0 ? newProperty : newProperty + ',' };
                }
                else {
                    const index = lastSegment > parent.children.length ? parent.children.length : lastSegment;
                    const previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else {
                throw new Error(`Can not ${value === void 0 ? 'remove' : (options.isArrayInsertion ? 'insert' : 'modify')} Array index ${insertIndex} as length is not sufficient`);
            }
        }
        else {
            throw new Error(`Can not add ${typeof lastSegment !== 'number' ? 'index' : 'property'} to parent of type ${parent.type}`);
        }
    }
    exports.setProperty = setProperty;
    function withFormatting(text, edit, options) {
        if (!options.formattingOptions) {
            return [edit];
        }
        // apply the edit
        let newText = applyEdit(text, edit);
        // format the new text
        let begin = edit.offset;
        let end = edit.offset + edit.content.length;
        if (edit.length === 0 || edit.content.length === 0) { // insert or remove
            while (begin > 0 && !(0, format_1.isEOL)(newText, begin - 1)) {
                begin--;
            }
            while (end < newText.length && !(0, format_1.isEOL)(newText, end)) {
                end++;
            }
        }
        const edits = (0, format_1.format)(newText, { offset: begin, length: end - begin }, { ...options.formattingOptions, keepLines: false });
        // apply the formatting edits and track the begin and end offsets of the changes
        for (let i = edits.length - 1; i >= 0; i--) {
            const edit = edits[i];
            newText = applyEdit(newText, edit);
            begin = Math.min(begin, edit.offset);
            end = Math.max(end, edit.offset + edit.length);
            end += edit.content.length - edit.length;
        }
        // create a single edit with all changes
        const editLength = text.length - (newText.length - end) - begin;
        return [{ offset: begin, length: editLength, content: newText.substring(begin, end) }];
    }
    function applyEdit(text, edit) {
        return text.substring(0, edit.offset) + edit.content + text.substring(edit.offset + edit.length);
    }
    exports.applyEdit = applyEdit;
    function isWS(text, offset) {
        return '\r\n \t'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isWS = isWS;
});


/***/ }),

/***/ 6612:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner", "./string-intern"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isEOL = exports.format = void 0;
    const scanner_1 = __nccwpck_require__(8525);
    const string_intern_1 = __nccwpck_require__(4579);
    function format(documentText, range, options) {
        let initialIndentLevel;
        let formatText;
        let formatTextStart;
        let rangeStart;
        let rangeEnd;
        if (range) {
            rangeStart = range.offset;
            rangeEnd = rangeStart + range.length;
            formatTextStart = rangeStart;
            while (formatTextStart > 0 && !isEOL(documentText, formatTextStart - 1)) {
                formatTextStart--;
            }
            let endOffset = rangeEnd;
            while (endOffset < documentText.length && !isEOL(documentText, endOffset)) {
                endOffset++;
            }
            formatText = documentText.substring(formatTextStart, endOffset);
            initialIndentLevel = computeIndentLevel(formatText, options);
        }
        else {
            formatText = documentText;
            initialIndentLevel = 0;
            formatTextStart = 0;
            rangeStart = 0;
            rangeEnd = documentText.length;
        }
        const eol = getEOL(options, documentText);
        const eolFastPathSupported = string_intern_1.supportedEols.includes(eol);
        let numberLineBreaks = 0;
        let indentLevel = 0;
        let indentValue;
        if (options.insertSpaces) {
            indentValue = string_intern_1.cachedSpaces[options.tabSize || 4] ?? repeat(string_intern_1.cachedSpaces[1], options.tabSize || 4);
        }
        else {
            indentValue = '\t';
        }
        const indentType = indentValue === '\t' ? '\t' : ' ';
        let scanner = (0, scanner_1.createScanner)(formatText, false);
        let hasError = false;
        function newLinesAndIndent() {
            if (numberLineBreaks > 1) {
                return repeat(eol, numberLineBreaks) + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            const amountOfSpaces = indentValue.length * (initialIndentLevel + indentLevel);
            if (!eolFastPathSupported || amountOfSpaces > string_intern_1.cachedBreakLinesWithSpaces[indentType][eol].length) {
                return eol + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            if (amountOfSpaces <= 0) {
                return eol;
            }
            return string_intern_1.cachedBreakLinesWithSpaces[indentType][eol][amountOfSpaces];
        }
        function scanNext() {
            let token = scanner.scan();
            numberLineBreaks = 0;
            while (token === 15 /* SyntaxKind.Trivia */ || token === 14 /* SyntaxKind.LineBreakTrivia */) {
                if (token === 14 /* SyntaxKind.LineBreakTrivia */ && options.keepLines) {
                    numberLineBreaks += 1;
                }
                else if (token === 14 /* SyntaxKind.LineBreakTrivia */) {
                    numberLineBreaks = 1;
                }
                token = scanner.scan();
            }
            hasError = token === 16 /* SyntaxKind.Unknown */ || scanner.getTokenError() !== 0 /* ScanError.None */;
            return token;
        }
        const editOperations = [];
        function addEdit(text, startOffset, endOffset) {
            if (!hasError && (!range || (startOffset < rangeEnd && endOffset > rangeStart)) && documentText.substring(startOffset, endOffset) !== text) {
                editOperations.push({ offset: startOffset, length: endOffset - startOffset, content: text });
            }
        }
        let firstToken = scanNext();
        if (options.keepLines && numberLineBreaks > 0) {
            addEdit(repeat(eol, numberLineBreaks), 0, 0);
        }
        if (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenStart = scanner.getTokenOffset() + formatTextStart;
            let initialIndent = (indentValue.length * initialIndentLevel < 20) && options.insertSpaces
                ? string_intern_1.cachedSpaces[indentValue.length * initialIndentLevel]
                : repeat(indentValue, initialIndentLevel);
            addEdit(initialIndent, formatTextStart, firstTokenStart);
        }
        while (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
            let secondToken = scanNext();
            let replaceContent = '';
            let needsLineBreak = false;
            while (numberLineBreaks === 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                let commentTokenStart = scanner.getTokenOffset() + formatTextStart;
                addEdit(string_intern_1.cachedSpaces[1], firstTokenEnd, commentTokenStart);
                firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
                needsLineBreak = secondToken === 12 /* SyntaxKind.LineCommentTrivia */;
                replaceContent = needsLineBreak ? newLinesAndIndent() : '';
                secondToken = scanNext();
            }
            if (secondToken === 2 /* SyntaxKind.CloseBraceToken */) {
                if (firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else if (secondToken === 4 /* SyntaxKind.CloseBracketToken */) {
                if (firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else {
                switch (firstToken) {
                    case 3 /* SyntaxKind.OpenBracketToken */:
                    case 1 /* SyntaxKind.OpenBraceToken */:
                        indentLevel++;
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 5 /* SyntaxKind.CommaToken */:
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                        replaceContent = newLinesAndIndent();
                        break;
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 6 /* SyntaxKind.ColonToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 10 /* SyntaxKind.StringLiteral */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (secondToken === 6 /* SyntaxKind.ColonToken */ && !needsLineBreak) {
                            replaceContent = '';
                        }
                        break;
                    case 7 /* SyntaxKind.NullKeyword */:
                    case 8 /* SyntaxKind.TrueKeyword */:
                    case 9 /* SyntaxKind.FalseKeyword */:
                    case 11 /* SyntaxKind.NumericLiteral */:
                    case 2 /* SyntaxKind.CloseBraceToken */:
                    case 4 /* SyntaxKind.CloseBracketToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            if ((secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */) && !needsLineBreak) {
                                replaceContent = string_intern_1.cachedSpaces[1];
                            }
                            else if (secondToken !== 5 /* SyntaxKind.CommaToken */ && secondToken !== 17 /* SyntaxKind.EOF */) {
                                hasError = true;
                            }
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        hasError = true;
                        break;
                }
                if (numberLineBreaks > 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                    replaceContent = newLinesAndIndent();
                }
            }
            if (secondToken === 17 /* SyntaxKind.EOF */) {
                if (options.keepLines && numberLineBreaks > 0) {
                    replaceContent = newLinesAndIndent();
                }
                else {
                    replaceContent = options.insertFinalNewline ? eol : '';
                }
            }
            const secondTokenStart = scanner.getTokenOffset() + formatTextStart;
            addEdit(replaceContent, firstTokenEnd, secondTokenStart);
            firstToken = secondToken;
        }
        return editOperations;
    }
    exports.format = format;
    function repeat(s, count) {
        let result = '';
        for (let i = 0; i < count; i++) {
            result += s;
        }
        return result;
    }
    function computeIndentLevel(content, options) {
        let i = 0;
        let nChars = 0;
        const tabSize = options.tabSize || 4;
        while (i < content.length) {
            let ch = content.charAt(i);
            if (ch === string_intern_1.cachedSpaces[1]) {
                nChars++;
            }
            else if (ch === '\t') {
                nChars += tabSize;
            }
            else {
                break;
            }
            i++;
        }
        return Math.floor(nChars / tabSize);
    }
    function getEOL(options, text) {
        for (let i = 0; i < text.length; i++) {
            const ch = text.charAt(i);
            if (ch === '\r') {
                if (i + 1 < text.length && text.charAt(i + 1) === '\n') {
                    return '\r\n';
                }
                return '\r';
            }
            else if (ch === '\n') {
                return '\n';
            }
        }
        return (options && options.eol) || '\n';
    }
    function isEOL(text, offset) {
        return '\r\n'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isEOL = isEOL;
});


/***/ }),

/***/ 5152:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.getNodeType = exports.stripComments = exports.visit = exports.findNodeAtOffset = exports.contains = exports.getNodeValue = exports.getNodePath = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = void 0;
    const scanner_1 = __nccwpck_require__(8525);
    var ParseOptions;
    (function (ParseOptions) {
        ParseOptions.DEFAULT = {
            allowTrailingComma: false
        };
    })(ParseOptions || (ParseOptions = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    function getLocation(text, position) {
        const segments = []; // strings or numbers
        const earlyReturnException = new Object();
        let previousNode = undefined;
        const previousNodeInst = {
            value: {},
            offset: 0,
            length: 0,
            type: 'object',
            parent: undefined
        };
        let isAtPropertyKey = false;
        function setPreviousNode(value, offset, length, type) {
            previousNodeInst.value = value;
            previousNodeInst.offset = offset;
            previousNodeInst.length = length;
            previousNodeInst.type = type;
            previousNodeInst.colonOffset = undefined;
            previousNode = previousNodeInst;
        }
        try {
            visit(text, {
                onObjectBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    isAtPropertyKey = position > offset;
                    segments.push(''); // push a placeholder (will be replaced)
                },
                onObjectProperty: (name, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(name, offset, length, 'property');
                    segments[segments.length - 1] = name;
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onObjectEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onArrayBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.push(0);
                },
                onArrayEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onLiteralValue: (value, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(value, offset, length, getNodeType(value));
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onSeparator: (sep, offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    if (sep === ':' && previousNode && previousNode.type === 'property') {
                        previousNode.colonOffset = offset;
                        isAtPropertyKey = false;
                        previousNode = undefined;
                    }
                    else if (sep === ',') {
                        const last = segments[segments.length - 1];
                        if (typeof last === 'number') {
                            segments[segments.length - 1] = last + 1;
                        }
                        else {
                            isAtPropertyKey = true;
                            segments[segments.length - 1] = '';
                        }
                        previousNode = undefined;
                    }
                }
            });
        }
        catch (e) {
            if (e !== earlyReturnException) {
                throw e;
            }
        }
        return {
            path: segments,
            previousNode,
            isAtPropertyKey,
            matches: (pattern) => {
                let k = 0;
                for (let i = 0; k < pattern.length && i < segments.length; i++) {
                    if (pattern[k] === segments[i] || pattern[k] === '*') {
                        k++;
                    }
                    else if (pattern[k] !== '**') {
                        return false;
                    }
                }
                return k === pattern.length;
            }
        };
    }
    exports.getLocation = getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore always check the errors list to find out if the input was valid.
     */
    function parse(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentProperty = null;
        let currentParent = [];
        const previousParents = [];
        function onValue(value) {
            if (Array.isArray(currentParent)) {
                currentParent.push(value);
            }
            else if (currentProperty !== null) {
                currentParent[currentProperty] = value;
            }
        }
        const visitor = {
            onObjectBegin: () => {
                const object = {};
                onValue(object);
                previousParents.push(currentParent);
                currentParent = object;
                currentProperty = null;
            },
            onObjectProperty: (name) => {
                currentProperty = name;
            },
            onObjectEnd: () => {
                currentParent = previousParents.pop();
            },
            onArrayBegin: () => {
                const array = [];
                onValue(array);
                previousParents.push(currentParent);
                currentParent = array;
                currentProperty = null;
            },
            onArrayEnd: () => {
                currentParent = previousParents.pop();
            },
            onLiteralValue: onValue,
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        return currentParent[0];
    }
    exports.parse = parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    function parseTree(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentParent = { type: 'array', offset: -1, length: -1, children: [], parent: undefined }; // artificial root
        function ensurePropertyComplete(endOffset) {
            if (currentParent.type === 'property') {
                currentParent.length = endOffset - currentParent.offset;
                currentParent = currentParent.parent;
            }
        }
        function onValue(valueNode) {
            currentParent.children.push(valueNode);
            return valueNode;
        }
        const visitor = {
            onObjectBegin: (offset) => {
                currentParent = onValue({ type: 'object', offset, length: -1, parent: currentParent, children: [] });
            },
            onObjectProperty: (name, offset, length) => {
                currentParent = onValue({ type: 'property', offset, length: -1, parent: currentParent, children: [] });
                currentParent.children.push({ type: 'string', value: name, offset, length, parent: currentParent });
            },
            onObjectEnd: (offset, length) => {
                ensurePropertyComplete(offset + length); // in case of a missing value for a property: make sure property is complete
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onArrayBegin: (offset, length) => {
                currentParent = onValue({ type: 'array', offset, length: -1, parent: currentParent, children: [] });
            },
            onArrayEnd: (offset, length) => {
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onLiteralValue: (value, offset, length) => {
                onValue({ type: getNodeType(value), offset, length, parent: currentParent, value });
                ensurePropertyComplete(offset + length);
            },
            onSeparator: (sep, offset, length) => {
                if (currentParent.type === 'property') {
                    if (sep === ':') {
                        currentParent.colonOffset = offset;
                    }
                    else if (sep === ',') {
                        ensurePropertyComplete(offset);
                    }
                }
            },
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        const result = currentParent.children[0];
        if (result) {
            delete result.parent;
        }
        return result;
    }
    exports.parseTree = parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    function findNodeAtLocation(root, path) {
        if (!root) {
            return undefined;
        }
        let node = root;
        for (let segment of path) {
            if (typeof segment === 'string') {
                if (node.type !== 'object' || !Array.isArray(node.children)) {
                    return undefined;
                }
                let found = false;
                for (const propertyNode of node.children) {
                    if (Array.isArray(propertyNode.children) && propertyNode.children[0].value === segment && propertyNode.children.length === 2) {
                        node = propertyNode.children[1];
                        found = true;
                        break;
                    }
                }
                if (!found) {
                    return undefined;
                }
            }
            else {
                const index = segment;
                if (node.type !== 'array' || index < 0 || !Array.isArray(node.children) || index >= node.children.length) {
                    return undefined;
                }
                node = node.children[index];
            }
        }
        return node;
    }
    exports.findNodeAtLocation = findNodeAtLocation;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    function getNodePath(node) {
        if (!node.parent || !node.parent.children) {
            return [];
        }
        const path = getNodePath(node.parent);
        if (node.parent.type === 'property') {
            const key = node.parent.children[0].value;
            path.push(key);
        }
        else if (node.parent.type === 'array') {
            const index = node.parent.children.indexOf(node);
            if (index !== -1) {
                path.push(index);
            }
        }
        return path;
    }
    exports.getNodePath = getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    function getNodeValue(node) {
        switch (node.type) {
            case 'array':
                return node.children.map(getNodeValue);
            case 'object':
                const obj = Object.create(null);
                for (let prop of node.children) {
                    const valueNode = prop.children[1];
                    if (valueNode) {
                        obj[prop.children[0].value] = getNodeValue(valueNode);
                    }
                }
                return obj;
            case 'null':
            case 'string':
            case 'number':
            case 'boolean':
                return node.value;
            default:
                return undefined;
        }
    }
    exports.getNodeValue = getNodeValue;
    function contains(node, offset, includeRightBound = false) {
        return (offset >= node.offset && offset < (node.offset + node.length)) || includeRightBound && (offset === (node.offset + node.length));
    }
    exports.contains = contains;
    /**
     * Finds the most inner node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    function findNodeAtOffset(node, offset, includeRightBound = false) {
        if (contains(node, offset, includeRightBound)) {
            const children = node.children;
            if (Array.isArray(children)) {
                for (let i = 0; i < children.length && children[i].offset <= offset; i++) {
                    const item = findNodeAtOffset(children[i], offset, includeRightBound);
                    if (item) {
                        return item;
                    }
                }
            }
            return node;
        }
        return undefined;
    }
    exports.findNodeAtOffset = findNodeAtOffset;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    function visit(text, visitor, options = ParseOptions.DEFAULT) {
        const _scanner = (0, scanner_1.createScanner)(text, false);
        // Important: Only pass copies of this to visitor functions to prevent accidental modification, and
        // to not affect visitor functions which stored a reference to a previous JSONPath
        const _jsonPath = [];
        // Depth of onXXXBegin() callbacks suppressed. onXXXEnd() decrements this if it isn't 0 already.
        // Callbacks are only called when this value is 0.
        let suppressedCallbacks = 0;
        function toNoArgVisit(visitFunction) {
            return visitFunction ? () => suppressedCallbacks === 0 && visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisit(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisitWithPath(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice()) : () => true;
        }
        function toBeginVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks++;
                    }
                    else {
                        let cbReturn = visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice());
                        if (cbReturn === false) {
                            suppressedCallbacks = 1;
                        }
                    }
                }
                : () => true;
        }
        function toEndVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks--;
                    }
                    if (suppressedCallbacks === 0) {
                        visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter());
                    }
                }
                : () => true;
        }
        const onObjectBegin = toBeginVisit(visitor.onObjectBegin), onObjectProperty = toOneArgVisitWithPath(visitor.onObjectProperty), onObjectEnd = toEndVisit(visitor.onObjectEnd), onArrayBegin = toBeginVisit(visitor.onArrayBegin), onArrayEnd = toEndVisit(visitor.onArrayEnd), onLiteralValue = toOneArgVisitWithPath(visitor.onLiteralValue), onSeparator = toOneArgVisit(visitor.onSeparator), onComment = toNoArgVisit(visitor.onComment), onError = toOneArgVisit(visitor.onError);
        const disallowComments = options && options.disallowComments;
        const allowTrailingComma = options && options.allowTrailingComma;
        function scanNext() {
            while (true) {
                const token = _scanner.scan();
                switch (_scanner.getTokenError()) {
                    case 4 /* ScanError.InvalidUnicode */:
                        handleError(14 /* ParseErrorCode.InvalidUnicode */);
                        break;
                    case 5 /* ScanError.InvalidEscapeCharacter */:
                        handleError(15 /* ParseErrorCode.InvalidEscapeCharacter */);
                        break;
                    case 3 /* ScanError.UnexpectedEndOfNumber */:
                        handleError(13 /* ParseErrorCode.UnexpectedEndOfNumber */);
                        break;
                    case 1 /* ScanError.UnexpectedEndOfComment */:
                        if (!disallowComments) {
                            handleError(11 /* ParseErrorCode.UnexpectedEndOfComment */);
                        }
                        break;
                    case 2 /* ScanError.UnexpectedEndOfString */:
                        handleError(12 /* ParseErrorCode.UnexpectedEndOfString */);
                        break;
                    case 6 /* ScanError.InvalidCharacter */:
                        handleError(16 /* ParseErrorCode.InvalidCharacter */);
                        break;
                }
                switch (token) {
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (disallowComments) {
                            handleError(10 /* ParseErrorCode.InvalidCommentToken */);
                        }
                        else {
                            onComment();
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        handleError(1 /* ParseErrorCode.InvalidSymbol */);
                        break;
                    case 15 /* SyntaxKind.Trivia */:
                    case 14 /* SyntaxKind.LineBreakTrivia */:
                        break;
                    default:
                        return token;
                }
            }
        }
        function handleError(error, skipUntilAfter = [], skipUntil = []) {
            onError(error);
            if (skipUntilAfter.length + skipUntil.length > 0) {
                let token = _scanner.getToken();
                while (token !== 17 /* SyntaxKind.EOF */) {
                    if (skipUntilAfter.indexOf(token) !== -1) {
                        scanNext();
                        break;
                    }
                    else if (skipUntil.indexOf(token) !== -1) {
                        break;
                    }
                    token = scanNext();
                }
            }
        }
        function parseString(isValue) {
            const value = _scanner.getTokenValue();
            if (isValue) {
                onLiteralValue(value);
            }
            else {
                onObjectProperty(value);
                // add property name afterwards
                _jsonPath.push(value);
            }
            scanNext();
            return true;
        }
        function parseLiteral() {
            switch (_scanner.getToken()) {
                case 11 /* SyntaxKind.NumericLiteral */:
                    const tokenValue = _scanner.getTokenValue();
                    let value = Number(tokenValue);
                    if (isNaN(value)) {
                        handleError(2 /* ParseErrorCode.InvalidNumberFormat */);
                        value = 0;
                    }
                    onLiteralValue(value);
                    break;
                case 7 /* SyntaxKind.NullKeyword */:
                    onLiteralValue(null);
                    break;
                case 8 /* SyntaxKind.TrueKeyword */:
                    onLiteralValue(true);
                    break;
                case 9 /* SyntaxKind.FalseKeyword */:
                    onLiteralValue(false);
                    break;
                default:
                    return false;
            }
            scanNext();
            return true;
        }
        function parseProperty() {
            if (_scanner.getToken() !== 10 /* SyntaxKind.StringLiteral */) {
                handleError(3 /* ParseErrorCode.PropertyNameExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                return false;
            }
            parseString(false);
            if (_scanner.getToken() === 6 /* SyntaxKind.ColonToken */) {
                onSeparator(':');
                scanNext(); // consume colon
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
            }
            else {
                handleError(5 /* ParseErrorCode.ColonExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
            }
            _jsonPath.pop(); // remove processed property name
            return true;
        }
        function parseObject() {
            onObjectBegin();
            scanNext(); // consume open brace
            let needsComma = false;
            while (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 2 /* SyntaxKind.CloseBraceToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (!parseProperty()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onObjectEnd();
            if (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */) {
                handleError(7 /* ParseErrorCode.CloseBraceExpected */, [2 /* SyntaxKind.CloseBraceToken */], []);
            }
            else {
                scanNext(); // consume close brace
            }
            return true;
        }
        function parseArray() {
            onArrayBegin();
            scanNext(); // consume open bracket
            let isFirstElement = true;
            let needsComma = false;
            while (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 4 /* SyntaxKind.CloseBracketToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (isFirstElement) {
                    _jsonPath.push(0);
                    isFirstElement = false;
                }
                else {
                    _jsonPath[_jsonPath.length - 1]++;
                }
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [4 /* SyntaxKind.CloseBracketToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onArrayEnd();
            if (!isFirstElement) {
                _jsonPath.pop(); // remove array index
            }
            if (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */) {
                handleError(8 /* ParseErrorCode.CloseBracketExpected */, [4 /* SyntaxKind.CloseBracketToken */], []);
            }
            else {
                scanNext(); // consume close bracket
            }
            return true;
        }
        function parseValue() {
            switch (_scanner.getToken()) {
                case 3 /* SyntaxKind.OpenBracketToken */:
                    return parseArray();
                case 1 /* SyntaxKind.OpenBraceToken */:
                    return parseObject();
                case 10 /* SyntaxKind.StringLiteral */:
                    return parseString(true);
                default:
                    return parseLiteral();
            }
        }
        scanNext();
        if (_scanner.getToken() === 17 /* SyntaxKind.EOF */) {
            if (options.allowEmptyContent) {
                return true;
            }
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (!parseValue()) {
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (_scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
            handleError(9 /* ParseErrorCode.EndOfFileExpected */, [], []);
        }
        return true;
    }
    exports.visit = visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    function stripComments(text, replaceCh) {
        let _scanner = (0, scanner_1.createScanner)(text), parts = [], kind, offset = 0, pos;
        do {
            pos = _scanner.getPosition();
            kind = _scanner.scan();
            switch (kind) {
                case 12 /* SyntaxKind.LineCommentTrivia */:
                case 13 /* SyntaxKind.BlockCommentTrivia */:
                case 17 /* SyntaxKind.EOF */:
                    if (offset !== pos) {
                        parts.push(text.substring(offset, pos));
                    }
                    if (replaceCh !== undefined) {
                        parts.push(_scanner.getTokenValue().replace(/[^\r\n]/g, replaceCh));
                    }
                    offset = _scanner.getPosition();
                    break;
            }
        } while (kind !== 17 /* SyntaxKind.EOF */);
        return parts.join('');
    }
    exports.stripComments = stripComments;
    function getNodeType(value) {
        switch (typeof value) {
            case 'boolean': return 'boolean';
            case 'number': return 'number';
            case 'string': return 'string';
            case 'object': {
                if (!value) {
                    return 'null';
                }
                else if (Array.isArray(value)) {
                    return 'array';
                }
                return 'object';
            }
            default: return 'null';
        }
    }
    exports.getNodeType = getNodeType;
});


/***/ }),

/***/ 8525:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.createScanner = void 0;
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    function createScanner(text, ignoreTrivia = false) {
        const len = text.length;
        let pos = 0, value = '', tokenOffset = 0, token = 16 /* SyntaxKind.Unknown */, lineNumber = 0, lineStartOffset = 0, tokenLineStartOffset = 0, prevTokenLineStartOffset = 0, scanError = 0 /* ScanError.None */;
        function scanHexDigits(count, exact) {
            let digits = 0;
            let value = 0;
            while (digits < count || !exact) {
                let ch = text.charCodeAt(pos);
                if (ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */) {
                    value = value * 16 + ch - 48 /* CharacterCodes._0 */;
                }
                else if (ch >= 65 /* CharacterCodes.A */ && ch <= 70 /* CharacterCodes.F */) {
                    value = value * 16 + ch - 65 /* CharacterCodes.A */ + 10;
                }
                else if (ch >= 97 /* CharacterCodes.a */ && ch <= 102 /* CharacterCodes.f */) {
                    value = value * 16 + ch - 97 /* CharacterCodes.a */ + 10;
                }
                else {
                    break;
                }
                pos++;
                digits++;
            }
            if (digits < count) {
                value = -1;
            }
            return value;
        }
        function setPosition(newPosition) {
            pos = newPosition;
            value = '';
            tokenOffset = 0;
            token = 16 /* SyntaxKind.Unknown */;
            scanError = 0 /* ScanError.None */;
        }
        function scanNumber() {
            let start = pos;
            if (text.charCodeAt(pos) === 48 /* CharacterCodes._0 */) {
                pos++;
            }
            else {
                pos++;
                while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                }
            }
            if (pos < text.length && text.charCodeAt(pos) === 46 /* CharacterCodes.dot */) {
                pos++;
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                    return text.substring(start, pos);
                }
            }
            let end = pos;
            if (pos < text.length && (text.charCodeAt(pos) === 69 /* CharacterCodes.E */ || text.charCodeAt(pos) === 101 /* CharacterCodes.e */)) {
                pos++;
                if (pos < text.length && text.charCodeAt(pos) === 43 /* CharacterCodes.plus */ || text.charCodeAt(pos) === 45 /* CharacterCodes.minus */) {
                    pos++;
                }
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                    end = pos;
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                }
            }
            return text.substring(start, end);
        }
        function scanString() {
            let result = '', start = pos;
            while (true) {
                if (pos >= len) {
                    result += text.substring(start, pos);
                    scanError = 2 /* ScanError.UnexpectedEndOfString */;
                    break;
                }
                const ch = text.charCodeAt(pos);
                if (ch === 34 /* CharacterCodes.doubleQuote */) {
                    result += text.substring(start, pos);
                    pos++;
                    break;
                }
                if (ch === 92 /* CharacterCodes.backslash */) {
                    result += text.substring(start, pos);
                    pos++;
                    if (pos >= len) {
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    const ch2 = text.charCodeAt(pos++);
                    switch (ch2) {
                        case 34 /* CharacterCodes.doubleQuote */:
                            result += '\"';
                            break;
                        case 92 /* CharacterCodes.backslash */:
                            result += '\\';
                            break;
                        case 47 /* CharacterCodes.slash */:
                            result += '/';
                            break;
                        case 98 /* CharacterCodes.b */:
                            result += '\b';
                            break;
                        case 102 /* CharacterCodes.f */:
                            result += '\f';
                            break;
                        case 110 /* CharacterCodes.n */:
                            result += '\n';
                            break;
                        case 114 /* CharacterCodes.r */:
                            result += '\r';
                            break;
                        case 116 /* CharacterCodes.t */:
                            result += '\t';
                            break;
                        case 117 /* CharacterCodes.u */:
                            const ch3 = scanHexDigits(4, true);
                            if (ch3 >= 0) {
                                result += String.fromCharCode(ch3);
                            }
                            else {
                                scanError = 4 /* ScanError.InvalidUnicode */;
                            }
                            break;
                        default:
                            scanError = 5 /* ScanError.InvalidEscapeCharacter */;
                    }
                    start = pos;
                    continue;
                }
                if (ch >= 0 && ch <= 0x1f) {
                    if (isLineBreak(ch)) {
                        result += text.substring(start, pos);
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    else {
                        scanError = 6 /* ScanError.InvalidCharacter */;
                        // mark as error but continue with string
                    }
                }
                pos++;
            }
            return result;
        }
        function scanNext() {
            value = '';
            scanError = 0 /* ScanError.None */;
            tokenOffset = pos;
            lineStartOffset = lineNumber;
            prevTokenLineStartOffset = tokenLineStartOffset;
            if (pos >= len) {
                // at the end
                tokenOffset = len;
                return token = 17 /* SyntaxKind.EOF */;
            }
            let code = text.charCodeAt(pos);
            // trivia: whitespace
            if (isWhiteSpace(code)) {
                do {
                    pos++;
                    value += String.fromCharCode(code);
                    code = text.charCodeAt(pos);
                } while (isWhiteSpace(code));
                return token = 15 /* SyntaxKind.Trivia */;
            }
            // trivia: newlines
            if (isLineBreak(code)) {
                pos++;
                value += String.fromCharCode(code);
                if (code === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                    pos++;
                    value += '\n';
                }
                lineNumber++;
                tokenLineStartOffset = pos;
                return token = 14 /* SyntaxKind.LineBreakTrivia */;
            }
            switch (code) {
                // tokens: []{}:,
                case 123 /* CharacterCodes.openBrace */:
                    pos++;
                    return token = 1 /* SyntaxKind.OpenBraceToken */;
                case 125 /* CharacterCodes.closeBrace */:
                    pos++;
                    return token = 2 /* SyntaxKind.CloseBraceToken */;
                case 91 /* CharacterCodes.openBracket */:
                    pos++;
                    return token = 3 /* SyntaxKind.OpenBracketToken */;
                case 93 /* CharacterCodes.closeBracket */:
                    pos++;
                    return token = 4 /* SyntaxKind.CloseBracketToken */;
                case 58 /* CharacterCodes.colon */:
                    pos++;
                    return token = 6 /* SyntaxKind.ColonToken */;
                case 44 /* CharacterCodes.comma */:
                    pos++;
                    return token = 5 /* SyntaxKind.CommaToken */;
                // strings
                case 34 /* CharacterCodes.doubleQuote */:
                    pos++;
                    value = scanString();
                    return token = 10 /* SyntaxKind.StringLiteral */;
                // comments
                case 47 /* CharacterCodes.slash */:
                    const start = pos - 1;
                    // Single-line comment
                    if (text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                        pos += 2;
                        while (pos < len) {
                            if (isLineBreak(text.charCodeAt(pos))) {
                                break;
                            }
                            pos++;
                        }
                        value = text.substring(start, pos);
                        return token = 12 /* SyntaxKind.LineCommentTrivia */;
                    }
                    // Multi-line comment
                    if (text.charCodeAt(pos + 1) === 42 /* CharacterCodes.asterisk */) {
                        pos += 2;
                        const safeLength = len - 1; // For lookahead.
                        let commentClosed = false;
                        while (pos < safeLength) {
                            const ch = text.charCodeAt(pos);
                            if (ch === 42 /* CharacterCodes.asterisk */ && text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                                pos += 2;
                                commentClosed = true;
                                break;
                            }
                            pos++;
                            if (isLineBreak(ch)) {
                                if (ch === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                                    pos++;
                                }
                                lineNumber++;
                                tokenLineStartOffset = pos;
                            }
                        }
                        if (!commentClosed) {
                            pos++;
                            scanError = 1 /* ScanError.UnexpectedEndOfComment */;
                        }
                        value = text.substring(start, pos);
                        return token = 13 /* SyntaxKind.BlockCommentTrivia */;
                    }
                    // just a single slash
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
                // numbers
                case 45 /* CharacterCodes.minus */:
                    value += String.fromCharCode(code);
                    pos++;
                    if (pos === len || !isDigit(text.charCodeAt(pos))) {
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                // found a minus, followed by a number so
                // we fall through to proceed with scanning
                // numbers
                case 48 /* CharacterCodes._0 */:
                case 49 /* CharacterCodes._1 */:
                case 50 /* CharacterCodes._2 */:
                case 51 /* CharacterCodes._3 */:
                case 52 /* CharacterCodes._4 */:
                case 53 /* CharacterCodes._5 */:
                case 54 /* CharacterCodes._6 */:
                case 55 /* CharacterCodes._7 */:
                case 56 /* CharacterCodes._8 */:
                case 57 /* CharacterCodes._9 */:
                    value += scanNumber();
                    return token = 11 /* SyntaxKind.NumericLiteral */;
                // literals and unknown symbols
                default:
                    // is a literal? Read the full word.
                    while (pos < len && isUnknownContentCharacter(code)) {
                        pos++;
                        code = text.charCodeAt(pos);
                    }
                    if (tokenOffset !== pos) {
                        value = text.substring(tokenOffset, pos);
                        // keywords: true, false, null
                        switch (value) {
                            case 'true': return token = 8 /* SyntaxKind.TrueKeyword */;
                            case 'false': return token = 9 /* SyntaxKind.FalseKeyword */;
                            case 'null': return token = 7 /* SyntaxKind.NullKeyword */;
                        }
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                    // some
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
            }
        }
        function isUnknownContentCharacter(code) {
            if (isWhiteSpace(code) || isLineBreak(code)) {
                return false;
            }
            switch (code) {
                case 125 /* CharacterCodes.closeBrace */:
                case 93 /* CharacterCodes.closeBracket */:
                case 123 /* CharacterCodes.openBrace */:
                case 91 /* CharacterCodes.openBracket */:
                case 34 /* CharacterCodes.doubleQuote */:
                case 58 /* CharacterCodes.colon */:
                case 44 /* CharacterCodes.comma */:
                case 47 /* CharacterCodes.slash */:
                    return false;
            }
            return true;
        }
        function scanNextNonTrivia() {
            let result;
            do {
                result = scanNext();
            } while (result >= 12 /* SyntaxKind.LineCommentTrivia */ && result <= 15 /* SyntaxKind.Trivia */);
            return result;
        }
        return {
            setPosition: setPosition,
            getPosition: () => pos,
            scan: ignoreTrivia ? scanNextNonTrivia : scanNext,
            getToken: () => token,
            getTokenValue: () => value,
            getTokenOffset: () => tokenOffset,
            getTokenLength: () => pos - tokenOffset,
            getTokenStartLine: () => lineStartOffset,
            getTokenStartCharacter: () => tokenOffset - prevTokenLineStartOffset,
            getTokenError: () => scanError,
        };
    }
    exports.createScanner = createScanner;
    function isWhiteSpace(ch) {
        return ch === 32 /* CharacterCodes.space */ || ch === 9 /* CharacterCodes.tab */;
    }
    function isLineBreak(ch) {
        return ch === 10 /* CharacterCodes.lineFeed */ || ch === 13 /* CharacterCodes.carriageReturn */;
    }
    function isDigit(ch) {
        return ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */;
    }
    var CharacterCodes;
    (function (CharacterCodes) {
        CharacterCodes[CharacterCodes["lineFeed"] = 10] = "lineFeed";
        CharacterCodes[CharacterCodes["carriageReturn"] = 13] = "carriageReturn";
        CharacterCodes[CharacterCodes["space"] = 32] = "space";
        CharacterCodes[CharacterCodes["_0"] = 48] = "_0";
        CharacterCodes[CharacterCodes["_1"] = 49] = "_1";
        CharacterCodes[CharacterCodes["_2"] = 50] = "_2";
        CharacterCodes[CharacterCodes["_3"] = 51] = "_3";
        CharacterCodes[CharacterCodes["_4"] = 52] = "_4";
        CharacterCodes[CharacterCodes["_5"] = 53] = "_5";
        CharacterCodes[CharacterCodes["_6"] = 54] = "_6";
        CharacterCodes[CharacterCodes["_7"] = 55] = "_7";
        CharacterCodes[CharacterCodes["_8"] = 56] = "_8";
        CharacterCodes[CharacterCodes["_9"] = 57] = "_9";
        CharacterCodes[CharacterCodes["a"] = 97] = "a";
        CharacterCodes[CharacterCodes["b"] = 98] = "b";
        CharacterCodes[CharacterCodes["c"] = 99] = "c";
        CharacterCodes[CharacterCodes["d"] = 100] = "d";
        CharacterCodes[CharacterCodes["e"] = 101] = "e";
        CharacterCodes[CharacterCodes["f"] = 102] = "f";
        CharacterCodes[CharacterCodes["g"] = 103] = "g";
        CharacterCodes[CharacterCodes["h"] = 104] = "h";
        CharacterCodes[CharacterCodes["i"] = 105] = "i";
        CharacterCodes[CharacterCodes["j"] = 106] = "j";
        CharacterCodes[CharacterCodes["k"] = 107] = "k";
        CharacterCodes[CharacterCodes["l"] = 108] = "l";
        CharacterCodes[CharacterCodes["m"] = 109] = "m";
        CharacterCodes[CharacterCodes["n"] = 110] = "n";
        CharacterCodes[CharacterCodes["o"] = 111] = "o";
        CharacterCodes[CharacterCodes["p"] = 112] = "p";
        CharacterCodes[CharacterCodes["q"] = 113] = "q";
        CharacterCodes[CharacterCodes["r"] = 114] = "r";
        CharacterCodes[CharacterCodes["s"] = 115] = "s";
        CharacterCodes[CharacterCodes["t"] = 116] = "t";
        CharacterCodes[CharacterCodes["u"] = 117] = "u";
        CharacterCodes[CharacterCodes["v"] = 118] = "v";
        CharacterCodes[CharacterCodes["w"] = 119] = "w";
        CharacterCodes[CharacterCodes["x"] = 120] = "x";
        CharacterCodes[CharacterCodes["y"] = 121] = "y";
        CharacterCodes[CharacterCodes["z"] = 122] = "z";
        CharacterCodes[CharacterCodes["A"] = 65] = "A";
        CharacterCodes[CharacterCodes["B"] = 66] = "B";
        CharacterCodes[CharacterCodes["C"] = 67] = "C";
        CharacterCodes[CharacterCodes["D"] = 68] = "D";
        CharacterCodes[CharacterCodes["E"] = 69] = "E";
        CharacterCodes[CharacterCodes["F"] = 70] = "F";
        CharacterCodes[CharacterCodes["G"] = 71] = "G";
        CharacterCodes[CharacterCodes["H"] = 72] = "H";
        CharacterCodes[CharacterCodes["I"] = 73] = "I";
        CharacterCodes[CharacterCodes["J"] = 74] = "J";
        CharacterCodes[CharacterCodes["K"] = 75] = "K";
        CharacterCodes[CharacterCodes["L"] = 76] = "L";
        CharacterCodes[CharacterCodes["M"] = 77] = "M";
        CharacterCodes[CharacterCodes["N"] = 78] = "N";
        CharacterCodes[CharacterCodes["O"] = 79] = "O";
        CharacterCodes[CharacterCodes["P"] = 80] = "P";
        CharacterCodes[CharacterCodes["Q"] = 81] = "Q";
        CharacterCodes[CharacterCodes["R"] = 82] = "R";
        CharacterCodes[CharacterCodes["S"] = 83] = "S";
        CharacterCodes[CharacterCodes["T"] = 84] = "T";
        CharacterCodes[CharacterCodes["U"] = 85] = "U";
        CharacterCodes[CharacterCodes["V"] = 86] = "V";
        CharacterCodes[CharacterCodes["W"] = 87] = "W";
        CharacterCodes[CharacterCodes["X"] = 88] = "X";
        CharacterCodes[CharacterCodes["Y"] = 89] = "Y";
        CharacterCodes[CharacterCodes["Z"] = 90] = "Z";
        CharacterCodes[CharacterCodes["asterisk"] = 42] = "asterisk";
        CharacterCodes[CharacterCodes["backslash"] = 92] = "backslash";
        CharacterCodes[CharacterCodes["closeBrace"] = 125] = "closeBrace";
        CharacterCodes[CharacterCodes["closeBracket"] = 93] = "closeBracket";
        CharacterCodes[CharacterCodes["colon"] = 58] = "colon";
        CharacterCodes[CharacterCodes["comma"] = 44] = "comma";
        CharacterCodes[CharacterCodes["dot"] = 46] = "dot";
        CharacterCodes[CharacterCodes["doubleQuote"] = 34] = "doubleQuote";
        CharacterCodes[CharacterCodes["minus"] = 45] = "minus";
        CharacterCodes[CharacterCodes["openBrace"] = 123] = "openBrace";
        CharacterCodes[CharacterCodes["openBracket"] = 91] = "openBracket";
        CharacterCodes[CharacterCodes["plus"] = 43] = "plus";
        CharacterCodes[CharacterCodes["slash"] = 47] = "slash";
        CharacterCodes[CharacterCodes["formFeed"] = 12] = "formFeed";
        CharacterCodes[CharacterCodes["tab"] = 9] = "tab";
    })(CharacterCodes || (CharacterCodes = {}));
});


/***/ }),

/***/ 4579:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    "use strict";
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.supportedEols = exports.cachedBreakLinesWithSpaces = exports.cachedSpaces = void 0;
    exports.cachedSpaces = new Array(20).fill(0).map((_, index) => {
        return ' '.repeat(index);
    });
    const maxCachedValues = 200;
    exports.cachedBreakLinesWithSpaces = {
        ' ': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + ' '.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + ' '.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + ' '.repeat(index);
            }),
        },
        '\t': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + '\t'.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + '\t'.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + '\t'.repeat(index);
            }),
        }
    };
    exports.supportedEols = ['\n', '\r', '\r\n'];
});


/***/ }),

/***/ 9547:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./impl/format", "./impl/edit", "./impl/scanner", "./impl/parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.applyEdits = exports.modify = exports.format = exports.printParseErrorCode = exports.ParseErrorCode = exports.stripComments = exports.visit = exports.getNodeValue = exports.getNodePath = exports.findNodeAtOffset = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = exports.SyntaxKind = exports.ScanError = exports.createScanner = void 0;
    const formatter = __nccwpck_require__(6612);
    const edit = __nccwpck_require__(4807);
    const scanner = __nccwpck_require__(8525);
    const parser = __nccwpck_require__(5152);
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    exports.createScanner = scanner.createScanner;
    var ScanError;
    (function (ScanError) {
        ScanError[ScanError["None"] = 0] = "None";
        ScanError[ScanError["UnexpectedEndOfComment"] = 1] = "UnexpectedEndOfComment";
        ScanError[ScanError["UnexpectedEndOfString"] = 2] = "UnexpectedEndOfString";
        ScanError[ScanError["UnexpectedEndOfNumber"] = 3] = "UnexpectedEndOfNumber";
        ScanError[ScanError["InvalidUnicode"] = 4] = "InvalidUnicode";
        ScanError[ScanError["InvalidEscapeCharacter"] = 5] = "InvalidEscapeCharacter";
        ScanError[ScanError["InvalidCharacter"] = 6] = "InvalidCharacter";
    })(ScanError || (exports.ScanError = ScanError = {}));
    var SyntaxKind;
    (function (SyntaxKind) {
        SyntaxKind[SyntaxKind["OpenBraceToken"] = 1] = "OpenBraceToken";
        SyntaxKind[SyntaxKind["CloseBraceToken"] = 2] = "CloseBraceToken";
        SyntaxKind[SyntaxKind["OpenBracketToken"] = 3] = "OpenBracketToken";
        SyntaxKind[SyntaxKind["CloseBracketToken"] = 4] = "CloseBracketToken";
        SyntaxKind[SyntaxKind["CommaToken"] = 5] = "CommaToken";
        SyntaxKind[SyntaxKind["ColonToken"] = 6] = "ColonToken";
        SyntaxKind[SyntaxKind["NullKeyword"] = 7] = "NullKeyword";
        SyntaxKind[SyntaxKind["TrueKeyword"] = 8] = "TrueKeyword";
        SyntaxKind[SyntaxKind["FalseKeyword"] = 9] = "FalseKeyword";
        SyntaxKind[SyntaxKind["StringLiteral"] = 10] = "StringLiteral";
        SyntaxKind[SyntaxKind["NumericLiteral"] = 11] = "NumericLiteral";
        SyntaxKind[SyntaxKind["LineCommentTrivia"] = 12] = "LineCommentTrivia";
        SyntaxKind[SyntaxKind["BlockCommentTrivia"] = 13] = "BlockCommentTrivia";
        SyntaxKind[SyntaxKind["LineBreakTrivia"] = 14] = "LineBreakTrivia";
        SyntaxKind[SyntaxKind["Trivia"] = 15] = "Trivia";
        SyntaxKind[SyntaxKind["Unknown"] = 16] = "Unknown";
        SyntaxKind[SyntaxKind["EOF"] = 17] = "EOF";
    })(SyntaxKind || (exports.SyntaxKind = SyntaxKind = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    exports.getLocation = parser.getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore, always check the errors list to find out if the input was valid.
     */
    exports.parse = parser.parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    exports.parseTree = parser.parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    exports.findNodeAtLocation = parser.findNodeAtLocation;
    /**
     * Finds the innermost node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    exports.findNodeAtOffset = parser.findNodeAtOffset;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    exports.getNodePath = parser.getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    exports.getNodeValue = parser.getNodeValue;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    exports.visit = parser.visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    exports.stripComments = parser.stripComments;
    var ParseErrorCode;
    (function (ParseErrorCode) {
        ParseErrorCode[ParseErrorCode["InvalidSymbol"] = 1] = "InvalidSymbol";
        ParseErrorCode[ParseErrorCode["InvalidNumberFormat"] = 2] = "InvalidNumberFormat";
        ParseErrorCode[ParseErrorCode["PropertyNameExpected"] = 3] = "PropertyNameExpected";
        ParseErrorCode[ParseErrorCode["ValueExpected"] = 4] = "ValueExpected";
        ParseErrorCode[ParseErrorCode["ColonExpected"] = 5] = "ColonExpected";
        ParseErrorCode[ParseErrorCode["CommaExpected"] = 6] = "CommaExpected";
        ParseErrorCode[ParseErrorCode["CloseBraceExpected"] = 7] = "CloseBraceExpected";
        ParseErrorCode[ParseErrorCode["CloseBracketExpected"] = 8] = "CloseBracketExpected";
        ParseErrorCode[ParseErrorCode["EndOfFileExpected"] = 9] = "EndOfFileExpected";
        ParseErrorCode[ParseErrorCode["InvalidCommentToken"] = 10] = "InvalidCommentToken";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfComment"] = 11] = "UnexpectedEndOfComment";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfString"] = 12] = "UnexpectedEndOfString";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfNumber"] = 13] = "UnexpectedEndOfNumber";
        ParseErrorCode[ParseErrorCode["InvalidUnicode"] = 14] = "InvalidUnicode";
        ParseErrorCode[ParseErrorCode["InvalidEscapeCharacter"] = 15] = "InvalidEscapeCharacter";
        ParseErrorCode[ParseErrorCode["InvalidCharacter"] = 16] = "InvalidCharacter";
    })(ParseErrorCode || (exports.ParseErrorCode = ParseErrorCode = {}));
    function printParseErrorCode(code) {
        switch (code) {
            case 1 /* ParseErrorCode.InvalidSymbol */: return 'InvalidSymbol';
            case 2 /* ParseErrorCode.InvalidNumberFormat */: return 'InvalidNumberFormat';
            case 3 /* ParseErrorCode.PropertyNameExpected */: return 'PropertyNameExpected';
            case 4 /* ParseErrorCode.ValueExpected */: return 'ValueExpected';
            case 5 /* ParseErrorCode.ColonExpected */: return 'ColonExpected';
            case 6 /* ParseErrorCode.CommaExpected */: return 'CommaExpected';
            case 7 /* ParseErrorCode.CloseBraceExpected */: return 'CloseBraceExpected';
            case 8 /* ParseErrorCode.CloseBracketExpected */: return 'CloseBracketExpected';
            case 9 /* ParseErrorCode.EndOfFileExpected */: return 'EndOfFileExpected';
            case 10 /* ParseErrorCode.InvalidCommentToken */: return 'InvalidCommentToken';
            case 11 /* ParseErrorCode.UnexpectedEndOfComment */: return 'UnexpectedEndOfComment';
            case 12 /* ParseErrorCode.UnexpectedEndOfString */: return 'UnexpectedEndOfString';
            case 13 /* ParseErrorCode.UnexpectedEndOfNumber */: return 'UnexpectedEndOfNumber';
            case 14 /* ParseErrorCode.InvalidUnicode */: return 'InvalidUnicode';
            case 15 /* ParseErrorCode.InvalidEscapeCharacter */: return 'InvalidEscapeCharacter';
            case 16 /* ParseErrorCode.InvalidCharacter */: return 'InvalidCharacter';
        }
        return '<unknown ParseErrorCode>';
    }
    exports.printParseErrorCode = printParseErrorCode;
    /**
     * Computes the edit operations needed to format a JSON document.
     *
     * @param documentText The input text
     * @param range The range to format or `undefined` to format the full content
     * @param options The formatting options
     * @returns The edit operations describing the formatting changes to the original document following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function format(documentText, range, options) {
        return formatter.format(documentText, range, options);
    }
    exports.format = format;
    /**
     * Computes the edit operations needed to modify a value in the JSON document.
     *
     * @param documentText The input text
     * @param path The path of the value to change. The path represents either to the document root, a property or an array item.
     * If the path points to an non-existing property or item, it will be created.
     * @param value The new value for the specified property or item. If the value is undefined,
     * the property or item will be removed.
     * @param options Options
     * @returns The edit operations describing the changes to the original document, following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function modify(text, path, value, options) {
        return edit.setProperty(text, path, value, options);
    }
    exports.modify = modify;
    /**
     * Applies edits to an input string.
     * @param text The input text
     * @param edits Edit operations following the format described in {@linkcode EditResult}.
     * @returns The text with the applied edits.
     * @throws An error if the edit operations are not well-formed as described in {@linkcode EditResult}.
     */
    function applyEdits(text, edits) {
        let sortedEdits = edits.slice(0).sort((a, b) => {
            const diff = a.offset - b.offset;
            if (diff === 0) {
                return a.length - b.length;
            }
            return diff;
        });
        let lastModifiedOffset = text.length;
        for (let i = sortedEdits.length - 1; i >= 0; i--) {
            let e = sortedEdits[i];
            if (e.offset + e.length <= lastModifiedOffset) {
                text = edit.applyEdit(text, e);
            }
            else {
                throw new Error('Overlapping edit');
            }
            lastModifiedOffset = e.offset;
        }
        return text;
    }
    exports.applyEdits = applyEdits;
});


/***/ }),

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(9278);
var tls = __nccwpck_require__(4756);
var http = __nccwpck_require__(8611);
var https = __nccwpck_require__(5692);
var events = __nccwpck_require__(4434);
var assert = __nccwpck_require__(2613);
var util = __nccwpck_require__(9023);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 5955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ readBounded),
/* harmony export */   tM: () => (/* binding */ takeBytes),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);

/** An open file would make its terminal that of this process, and a pipe would wait for somebody to write. */
const FLAGS = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0) | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOCTTY ?? 0);
/** Read at a time. Bytes. */
const CHUNK = 64 * 1024;
/**
 * Reads a file, links followed, as far as it is a regular one and no longer than `limit` bytes. How long it is shows when
 * it is read: files of procfs say that they are empty.
 */
function readBounded(path, limit) {
    return withRegularFile(path, (descriptor, size) => {
        if (size > limit)
            return { kind: 'too-large', limit };
        const chunks = [];
        let length = 0;
        // One byte more than it says it has, so that an ordinary file takes one turn.
        for (let room = size + 1;; room = CHUNK) {
            const chunk = Buffer.allocUnsafe(Math.min(room, limit + 1 - length));
            const read = node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync(descriptor, chunk, 0, chunk.length, null);
            if (read === 0)
                return { kind: 'bytes', bytes: joined(chunks, length) };
            chunks.push(chunk.subarray(0, read));
            length += read;
            if (length > limit)
                return { kind: 'too-large', limit };
        }
    });
}
/** One piece is not copied: a large file need not be in memory twice. */
function joined(chunks, length) {
    const [only, ...others] = chunks;
    return only !== undefined && others.length === 0 ? only : Buffer.concat(chunks, length);
}
/**
 * Hands the bytes of a regular file to `take`, piece by piece, without holding them all: at most as many as the file says
 * it has. `take` returns false to end it early.
 *
 * @returns `whole`: all was taken, and there was no more than that
 */
function takeBytes(path, take) {
    return withRegularFile(path, (descriptor, size) => {
        const buffer = Buffer.allocUnsafe(16 * CHUNK);
        for (let taken = 0;;) {
            const read = node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync(descriptor, buffer, 0, Math.min(buffer.length, size - taken + 1), null);
            taken += read;
            if (read === 0)
                return { kind: 'whole' };
            if (taken > size || !take(buffer.subarray(0, read)))
                return { kind: 'part' };
        }
    });
}
/** The names in a folder; undefined where it cannot be read, and `complete` false where it has more than `limit`. */
function namesIn(folder, limit) {
    try {
        const open = node_fs__WEBPACK_IMPORTED_MODULE_0__.opendirSync(folder);
        try {
            const names = [];
            for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
                if (names.length === limit)
                    return { names, complete: false };
                names.push(entry.name);
            }
            return { names, complete: true };
        }
        finally {
            open.closeSync();
        }
    }
    catch {
        return undefined;
    }
}
function withRegularFile(path, work) {
    // Before opening, since that alone does something to some devices; and after, since it may be another file by then.
    const kind = isRegular(path);
    if (kind !== true)
        return { kind: kind === undefined ? 'absent' : 'not-a-file' };
    try {
        const descriptor = node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync(path, FLAGS);
        try {
            const found = node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync(descriptor);
            return found.isFile() ? work(descriptor, found.size) : { kind: 'not-a-file' };
        }
        finally {
            node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync(descriptor);
        }
    }
    catch (error) {
        return { kind: 'unreadable', code: error instanceof Error && 'code' in error ? String(error.code) : '' };
    }
}
/** Undefined where nothing can be seen, which for PHP's `is_file` is no file either. */
function isRegular(path) {
    try {
        return node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync(path).isFile();
    }
    catch {
        return undefined;
    }
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./lib/runner/memory.js


/** As much as may be read in between. Bytes. */
const LARGE = 2 * 1024 * 1024;
let read = 0;
let collect;
/**
 * Has V8 collect what is no longer used before its heap has grown by a third, where it would wait for a multiple: a runner in
 * a container may have no room for that, and on a busy machine V8 comes to collecting later still. A step that finds
 * nothing large never comes so far.
 */
function keepHeapSmall() {
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--optimize-for-size');
}
/**
 * Told of every document before and after it is read, has V8 collect what is left of a large one, or of many small ones, at
 * once.
 */
function collectAfter(bytes) {
    read += bytes;
    if (read < LARGE)
        return;
    read = 0;
    collect ??= collector();
    collect();
}
function collector() {
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--expose-gc');
    // The part for young objects would grow to three times 16 MiB, and stay so.
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--semi-space-growth-factor=1');
    const found = (0,external_node_vm_namespaceObject.runInNewContext)('gc');
    return typeof found === 'function' ? () => found() : () => { };
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(8611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(5692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var tunnel = __nccwpck_require__(770);
;// CONCATENATED MODULE: external "./without-undici.js"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const external_without_undici_js_namespaceObject = x({ ["ProxyAgent"]: () => (__WEBPACK_EXTERNAL_MODULE__without_undici_js_7321e51d__.ProxyAgent) });
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new external_without_undici_js_namespaceObject.ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(4434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(2613);
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_namespaceObject.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_namespaceObject.EOL.length);
                n = s.indexOf(external_os_namespaceObject.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function core_warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function core_getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./lib/runner/runner-file.js


/** A file by which the runner takes outputs or state, and which cannot be written. */
class UnwritableRunnerFile extends Error {
    name = 'UnwritableRunnerFile';
    /** The variable that names it, with what the system said: fit to be shown. */
    shown;
    constructor(variable, cause) {
        super(variable);
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'missing';
        this.shown = `${variable} (${code})`;
    }
}
/**
 * Writes to a file of the runner's, all or nothing: of half a value the runner would make an error of its own.
 *
 * @throws UnwritableRunnerFile
 */
function writeRunnerFile(variable, write) {
    const path = process.env[variable] ?? '';
    const before = sizeOf(path);
    try {
        write();
    }
    catch (cause) {
        if (before !== undefined)
            cutBack(path, before);
        throw new UnwritableRunnerFile(variable, cause);
    }
}
/** Hands outputs over. Where the runner's file cannot be written a warning says so, and the step's verdict stands. */
function writeOutputs(write) {
    try {
        writeRunnerFile('GITHUB_OUTPUT', write);
    }
    catch (error) {
        if (!(error instanceof UnwritableRunnerFile))
            throw error;
        core_warning(`The runner’s file for outputs, ${error.shown}, cannot be written: this step has no outputs. Free space on the disk of this runner.`, { title: 'The outputs could not be handed over' });
    }
}
function sizeOf(path) {
    return (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.size;
}
function cutBack(path, size) {
    try {
        (0,external_node_fs_.truncateSync)(path, size);
    }
    catch {
        // Then the runner says what it makes of it.
    }
}

;// CONCATENATED MODULE: ./lib/runner/process.js


/** Longer is not waited for whoever reads what this process prints. Milliseconds. */
const LONGEST_FLUSH = 10_000;
/**
 * Runs one of the two programs and ends the process with its exit status. However it ends, something is said: also when an
 * error is thrown where nobody waits for it, and when nothing is left to wait for although the work is not done.
 *
 * @param report says what went wrong, and returns the exit status
 */
function runProgram(work, report) {
    silenceNode();
    let exitStatus;
    const fail = (cause) => {
        exitStatus ??= reported(report, cause);
        endProcess(exitStatus);
    };
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
    process.on('exit', () => {
        exitStatus ??= reported(report, new EndedEarly());
        process.exitCode = exitStatus;
    });
    work().then((status) => {
        exitStatus ??= status;
        endProcess(exitStatus);
    }, fail);
}
/**
 * Everything of this action goes to stdout. With NODE_DEBUG set in the job, Node writes the headers of every request to stderr,
 * the keys among them.
 */
function silenceNode() {
    if (process.env.NODE_DEBUG !== undefined)
        process.stderr.write = () => true;
}
/** The process ends and the work is not done: it waits for something that does not come. */
class EndedEarly extends Error {
    name = 'EndedEarly';
}
/** Where not even that can be said, the exit status says it. */
function reported(report, cause) {
    try {
        return report(cause);
    }
    catch {
        return 1;
    }
}
/**
 * Ends the process with an exit status as soon as everything printed has left it. Not left to Node: a name that is
 * still being looked up would keep it alive beyond the step's deadline.
 */
function endProcess(exitStatus) {
    setTimeout(() => process.exit(exitStatus), LONGEST_FLUSH);
    process.stdout.write('', () => process.exit(exitStatus));
}
/**
 * A runner that takes nothing more, or a defect of this action: one annotation.
 *
 * @returns the exit status: 1, unless `fail-on-error` is off
 */
function reportCrash(cause) {
    const mayPass = /^false$/i.test(getInput('fail-on-error'));
    const { message, title } = crashWords(cause);
    if (mayPass)
        core_warning(message, { title });
    else
        error(message, { title });
    writeOutputs(() => {
        setOutput('status', 'problems');
        for (const name of ['problem', 'http-status', 'auth-file', 'netrc-file'])
            setOutput(name, '');
        for (const name of ['problems', 'packages-denied'])
            setOutput(name, '[]');
        setOutput('packages-checked', 0);
    });
    return mayPass ? 0 : 1;
}
function crashWords(cause) {
    if (cause instanceof UnwritableRunnerFile) {
        return {
            message: `The runner’s file for state, ${cause.shown}, cannot be written, so this step stopped: its post step would not know what to take away. Free space on the disk of this runner.`,
            title: 'The state could not be saved',
        };
    }
    return {
        message: `Magento Composer Auth failed by a defect of its own; please report it with these lines. ${anatomy(cause)}`,
        title: 'Magento Composer Auth failed unexpectedly',
    };
}
/** Cleaning up never fails a job that did its work. */
function reportPostCrash(cause) {
    warning(`The credentials may still be in auth.json: taking them away failed by a defect of this action. ${anatomy(cause)}`, {
        title: 'The credentials could not be taken away',
    });
    return 0;
}
/** What kind of error it was and where: not its message, which may quote a value. */
function anatomy(cause) {
    if (!(cause instanceof Error))
        return 'Something that is no error was thrown.';
    const code = 'code' in cause ? ` (${String(cause.code)})` : '';
    const { stack = '' } = cause;
    // A message of several lines may look like a part of the stack that follows it.
    const behind = stack.indexOf(cause.message) + cause.message.length;
    const frames = stack
        .slice(behind)
        .split('\n')
        .filter((line) => /^\s+at /.test(line));
    return [`${cause.name}${code}`, ...frames.slice(0, 6).map((frame) => frame.trim())].join('\n');
}

;// CONCATENATED MODULE: external "node:perf_hooks"
const external_node_perf_hooks_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");
;// CONCATENATED MODULE: ./lib/bounds/deadline.js

/** A deadline so many milliseconds from now. */
function openDeadline(milliseconds) {
    const end = external_node_perf_hooks_namespaceObject.performance.now() + milliseconds;
    const left = () => Math.max(0, end - external_node_perf_hooks_namespaceObject.performance.now());
    return {
        left,
        passed: () => left() === 0,
        within: (further) => openDeadline(Math.min(further, left())),
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(9547);
// EXTERNAL MODULE: ./lib/bounds/bounded-file.js
var bounded_file = __nccwpck_require__(5955);
;// CONCATENATED MODULE: ./lib/bounds/json-values.js
/**
 * More values than a file of a project that Composer writes has, such as composer.lock: that of the largest shops has some
 * hundred thousand. What is parsed of each takes many times its letters, so that a limit of bytes alone would let
 * gigabytes come of sixty megabytes of `{}`.
 */
const MOST_VALUES = 500_000;
/** The same of a file that people write, such as composer.json: the longest have some thousand values. */
const MOST_WRITTEN_BY_HAND = 30_000;
/** Whether a JSON text has more values than that: each but the first stands behind a comma or a bracket. */
function hasMoreValues(text, limit) {
    if (text.length <= limit)
        return false;
    let values = 1;
    let inString = false;
    for (let at = 0; at < text.length; at++) {
        const byte = text[at];
        if (byte === QUOTE)
            inString = !inString;
        else if (inString) {
            if (byte === BACKSLASH)
                at++;
        }
        else if (byte === COMMA || byte === BRACKET || byte === BRACE) {
            if (++values > limit)
                return true;
        }
    }
    return false;
}
const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./lib/composer/json.js

/** A value as PHP's `(bool)` reads it. */
function isTruthy(value) {
    if (typeof value === 'object' && value !== null)
        return Object.keys(value).length > 0;
    return Boolean(value) && value !== '0';
}
/**
 * PHP's `json_decode` gives up where brackets nest deeper than this and returns null, which Composer then takes for the
 * whole file. Its default depth is 512, and a value without brackets counts as the first level.
 */
const PHP_MAXIMUM_DEPTH = 511;
const SURROGATE = /\\u[dD][89a-fA-F]/;
/**
 * Reads bytes as strictly as Composer does: PHP's `json_decode`, then seld/jsonlint for the message.
 * `not-decodable` stands for what `json_decode` refuses and jsonlint lets pass (nesting deeper than 511, half of a
 * surrogate pair): Composer then goes on as if the file said `null`.
 *
 * Source of the rule: `Json/JsonFile.php::parseJson` and `validateSyntax`.
 */
function json_parseJson(bytes) {
    const text = decodedText(bytes);
    if (text === undefined)
        return { kind: 'invalid', problem: 'not-utf-8', position: undefined };
    if (text.startsWith('\uFEFF'))
        return { kind: 'invalid', problem: 'byte-order-mark', position: { line: 1, column: 1 } };
    if (text.trim() === '')
        return { kind: 'invalid', problem: 'empty', position: { line: 1, column: 1 } };
    // Before any parser sees the text: jsonc-parser recurses, and a hostile file must not end in a stack overflow.
    const tooDeep = offsetDeeperThan(text, PHP_MAXIMUM_DEPTH);
    if (tooDeep !== undefined)
        return { kind: 'invalid', problem: 'not-decodable', position: positionAt(text, tooDeep) };
    try {
        const value = JSON.parse(text);
        if (isJsonValue(value) && isDecodable(text, value))
            return { kind: 'json', text, value };
        return { kind: 'invalid', problem: 'not-decodable', position: undefined };
    }
    catch {
        return invalidSyntax(text);
    }
}
/**
 * The same of a server's bytes, of which nobody wants to know what is wrong with them: undefined where Composer refuses
 * them. Looking for the place of a mistake costs far more memory than the text, and its writer would choose how much.
 */
function decodeJson(bytes) {
    const text = decodedText(bytes);
    // A byte order mark is refused by JSON.parse as well.
    if (text === undefined || offsetDeeperThan(text, PHP_MAXIMUM_DEPTH) !== undefined)
        return undefined;
    try {
        const value = JSON.parse(text);
        return isJsonValue(value) && isDecodable(text, value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function decodedText(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        return undefined;
    }
}
/** Line and column of an offset in UTF-16 units. Lines end as in editors: LF, CRLF or CR. */
function positionAt(text, offset) {
    let [line, start] = [1, 0];
    // One after the other: a hostile file has millions of lines.
    for (const { index, 0: end } of text.slice(0, offset).matchAll(/\r\n|\r|\n/g)) {
        line++;
        start = index + end.length;
    }
    return { line, column: offset - start + 1 };
}
/** The values of what is an array to PHP: a list, or an object whose keys do not matter. */
function valuesOf(value) {
    if (Array.isArray(value))
        return value;
    return json_isJsonObject(value) ? Object.values(value) : [];
}
/** Whether a value is a JSON object, and not an array. */
function json_isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function invalidSyntax(text) {
    const offset = firstError(text);
    if (offset === undefined)
        return { kind: 'invalid', problem: 'syntax', position: undefined };
    const position = positionAt(text, offset);
    if (text[offset] === "'")
        return { kind: 'invalid', problem: 'single-quotes', position };
    // The parser points at the bracket that follows a comma too many.
    if (/,\s*$/.test(text.slice(0, offset)) && /[}\]]/.test(text[offset] ?? '')) {
        return { kind: 'invalid', problem: 'trailing-comma', position };
    }
    return { kind: 'invalid', problem: 'syntax', position };
}
/** Where the text stops being JSON; undefined where that cannot be told. */
function firstError(text) {
    // The first is enough: a hostile text has millions.
    const onError = (_, offset) => {
        throw new FirstError(offset);
    };
    try {
        (0,main.visit)(text, { onError }, { disallowComments: true, allowTrailingComma: false });
        return undefined;
    }
    catch (error) {
        // A string that ends where only this parser sees an end can open brackets deeper than its stack.
        return error instanceof FirstError ? error.offset : undefined;
    }
}
class FirstError extends Error {
    offset;
    constructor(offset) {
        super();
        this.offset = offset;
    }
}
function offsetDeeperThan(text, limit) {
    let depth = 0;
    for (let offset = 0; offset < text.length; offset++) {
        switch (text[offset]) {
            case '"':
                offset = endOfString(text, offset);
                break;
            case '{':
            case '[':
                depth += 1;
                if (depth > limit)
                    return offset;
                break;
            case '}':
            case ']':
                depth -= 1;
                break;
        }
    }
    return undefined;
}
/** The offset of the quotation mark that ends the string which begins at `start`; the length of the text where none does. */
function endOfString(text, start) {
    let offset = start + 1;
    while (offset < text.length && text[offset] !== '"')
        offset += text[offset] === '\\' ? 2 : 1;
    return offset;
}
function isJsonValue(value) {
    return value !== undefined;
}
/** Half of a surrogate pair can only stand there as an escape, since the bytes were UTF-8. */
function isDecodable(text, value) {
    return !SURROGATE.test(text) || isWellFormed(value);
}
function isWellFormed(value) {
    if (typeof value === 'string')
        return value.isWellFormed();
    if (Array.isArray(value))
        return value.every(isWellFormed);
    if (!json_isJsonObject(value))
        return true;
    for (const key in value)
        if (!key.isWellFormed() || !isWellFormed(value[key] ?? null))
            return false;
    return true;
}

;// CONCATENATED MODULE: ./lib/composer/http-basic.js

/** Names that shape a request and are not a credential's: they are not sent from here. */
const SHAPING = /^(?:host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|proxy-.*|keep-alive)$/i;
const HEADER = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e\x80-\xff\t]*)$/;
/** More is sent to nobody. Characters, together. */
const LONGEST_HEADERS = 16_384;
/** Headers in the place of a pair; undefined where one is none, or shapes the request. */
function headersInstead(headers) {
    const size = headers.reduce((sum, { length }) => sum + length, 0);
    const fit = headers.every((header) => {
        const name = HEADER.exec(header)?.[1];
        return name !== undefined && !SHAPING.test(name);
    });
    return fit && size <= LONGEST_HEADERS ? { username: '', password: '', headers } : undefined;
}
/** An `http-basic` entry that Composer reads a pair from, or undefined. */
function readHttpBasic(value) {
    if (!json_isJsonObject(value) || typeof value.username !== 'string' || typeof value.password !== 'string')
        return undefined;
    return { username: value.username, password: value.password };
}

;// CONCATENATED MODULE: ./lib/composer/auth-sections.js


/**
 * Every such section, in the order in which Composer takes them over: of an origin that stands in two of them the later
 * one counts, wherever it comes from.
 *
 * Source of the order: `IO/BaseIO.php::loadConfiguration`.
 */
const SECTIONS = {
    'bitbucket-oauth': {
        since: undefined,
        form: '`{"consumer-key": …, "consumer-secret": …}`',
        fields: ['consumer-key', 'consumer-secret'],
        fits: (entry) => hasTexts(entry, 'consumer-key', 'consumer-secret'),
        loads: (entry) => hasTexts(entry, 'consumer-key') && hasTextOrNull(entry, 'consumer-secret'),
        secretsIn: textsBut('consumer-key', 'access-token-expiration'),
        sent: 'unasked',
        pairIn: none,
    },
    'github-oauth': {
        since: undefined,
        form: 'a token',
        fields: [],
        fits: isText,
        loads: isText,
        secretsIn: textsBut(),
        sent: 'unasked',
        pairIn: none,
    },
    'gitlab-oauth': {
        since: undefined,
        form: 'a token, or `{"token": …}`',
        fields: ['token'],
        fits: (entry) => isText(entry) || hasTexts(entry, 'token'),
        loads: (entry) => isText(entry) || hasTexts(entry, 'token'),
        secretsIn: textsBut('expires-at'),
        sent: 'pair',
        pairIn: (entry) => tokenPair(json_isJsonObject(entry) ? entry.token : entry, 'oauth2'),
    },
    'gitlab-token': {
        since: undefined,
        form: 'a token, or `{"username": …, "token": …}`',
        fields: ['username', 'token'],
        fits: (entry) => isText(entry) || hasTexts(entry, 'username', 'token'),
        loads: (entry) => isText(entry) || (hasTexts(entry, 'username') && hasTextOrNull(entry, 'token')),
        secretsIn: textsBut('username'),
        sent: 'pair',
        pairIn: (entry) => json_isJsonObject(entry)
            ? readHttpBasic({ username: entry.username ?? null, password: entry.token ?? '' })
            : tokenPair(entry, 'private-token'),
    },
    'forgejo-token': {
        since: 'knowsHeaders',
        form: '`{"username": …, "token": …}`',
        fields: ['username', 'token'],
        fits: (entry) => hasTexts(entry, 'username', 'token'),
        loads: undefined,
        secretsIn: textsBut('username'),
        sent: 'otherwise',
        pairIn: none,
    },
    'http-basic': {
        since: undefined,
        form: '`{"username": …, "password": …}`',
        fields: ['username', 'password'],
        fits: (entry) => hasTexts(entry, 'username', 'password'),
        loads: (entry) => hasTexts(entry, 'username') && hasTextOrNull(entry, 'password'),
        secretsIn: textsBut('username'),
        sent: 'pair',
        // A password that is null is sent as none.
        pairIn: (entry) => (json_isJsonObject(entry) ? readHttpBasic({ ...entry, password: entry.password ?? '' }) : undefined),
    },
    bearer: {
        since: undefined,
        form: 'a token',
        fields: [],
        fits: isText,
        loads: isText,
        secretsIn: textsBut(),
        sent: 'pair',
        pairIn: (entry) => tokenPair(entry, 'bearer'),
    },
    'custom-headers': {
        since: 'knowsHeaders',
        form: 'a list of headers, each `"Name: value"`',
        fields: [],
        fits: (entry) => Array.isArray(entry) && entry.every((item) => isText(item) && item.includes(':')),
        loads: undefined,
        secretsIn: (entry) => (Array.isArray(entry) ? entry : []).flatMap(headerSecrets),
        sent: 'headers',
        pairIn: none,
    },
    'client-certificate': {
        since: 'knowsHeaders',
        form: '`{"local_cert": …}`, perhaps with `local_pk` and `passphrase`',
        fields: ['local_cert'],
        fits: (entry) => hasTexts(entry, 'local_cert') &&
            ['local_pk', 'passphrase'].every((field) => json_isJsonObject(entry) && isTextOrNone(entry[field])),
        loads: undefined,
        secretsIn: textsBut('local_cert', 'local_pk'),
        sent: 'otherwise',
        pairIn: none,
    },
};
/** All sections, by name, in that order. */
const AUTH_SECTIONS = new Map(Object.entries(SECTIONS));
/** Whether a key of auth.json holds credentials by origin, and not a setting. */
function isCredentialSection(key) {
    return AUTH_SECTIONS.has(key);
}
function isText(value) {
    return typeof value === 'string';
}
function isTextOrNone(value) {
    return value === undefined || isText(value);
}
function hasTexts(entry, ...fields) {
    return json_isJsonObject(entry) && fields.every((field) => isText(entry[field]));
}
function hasTextOrNull(entry, field) {
    return json_isJsonObject(entry) && (isText(entry[field]) || entry[field] === null);
}
function none() {
    return undefined;
}
/** A token as Composer keeps it: in the place of the user name, with a word beside it that says what it is. */
function tokenPair(token, kind) {
    return isText(token) ? { username: token, password: kind } : undefined;
}
/** An entry that is a text, and of any other all texts but the fields that name somebody, a file or a time. */
function textsBut(...shown) {
    return (entry) => {
        if (isText(entry))
            return [entry];
        if (!json_isJsonObject(entry))
            return [];
        return Object.entries(entry).flatMap(([field, item]) => (isText(item) && !shown.includes(field) ? [item] : []));
    };
}
/** What follows the colon of `Name: value`, and the token in it where a word such as `Bearer` comes first. */
function headerSecrets(header) {
    const value = isText(header) ? header.slice(header.indexOf(':') + 1).trim() : '';
    return [value, value.slice(value.lastIndexOf(' ') + 1)];
}

;// CONCATENATED MODULE: ./lib/composer/auth-json.js




/** What a new auth.json starts from. */
const EMPTY_AUTH_JSON = { kind: 'auth-json', text: '{}', data: {} };
/**
 * Reads auth.json as Composer does. `[]` counts as an empty object, there and in each section: PHP cannot tell the two
 * apart, and Composer wrote such files.
 */
function readAuthJson(bytes) {
    const parsed = json_parseJson(bytes);
    if (parsed.kind === 'invalid') {
        return { kind: 'invalid', fault: { reason: parsed.problem }, position: parsed.position };
    }
    const { text } = parsed;
    const data = objectOrEmptyArray(parsed.value);
    if (data === undefined) {
        const reason = Array.isArray(parsed.value) ? 'list' : 'not-an-object';
        return { kind: 'invalid', fault: { reason }, position: { line: 1, column: 1 } };
    }
    const listItem = Object.keys(data).find(isPhpInteger);
    if (listItem !== undefined) {
        return { kind: 'invalid', fault: { reason: 'numeric-key' }, position: positionOf(text, [listItem]) };
    }
    return invalidEntry(data, (path) => positionOf(text, path)) ?? { kind: 'auth-json', text, data };
}
/**
 * The first credentials among settings at which Composer stops: those of an auth.json, or the `config` of another file.
 *
 * @param position where something stands, by its path below the settings
 */
function invalidEntry(settings, position) {
    for (const [section, { loads, fields }] of AUTH_SECTIONS) {
        if (loads === undefined || !Object.hasOwn(settings, section))
            continue;
        const entries = objectOrEmptyArray(settings[section]);
        if (entries === undefined) {
            return { kind: 'invalid', fault: { reason: 'section', section }, position: position([section]) };
        }
        const found = Object.entries(entries).find(([host, entry]) => isPhpInteger(host) || !loads(entry));
        if (found === undefined)
            continue;
        const [host, entry] = found;
        const wrong = isPhpInteger(host) ? { kind: 'numeric-host' } : wrongEntry(entry, fields);
        return { kind: 'invalid', fault: { reason: 'entry', section, wrong }, position: position([section, host]) };
    }
    return undefined;
}
function wrongEntry(entry, fields) {
    const field = json_isJsonObject(entry) ? fields.find((name) => !Object.hasOwn(entry, name)) : undefined;
    return field === undefined ? { kind: 'form' } : { kind: 'missing', field };
}
/** The entry of an origin for Basic authentication. */
function httpBasicEntry(origin, { username, password }) {
    return { path: ['http-basic', origin], value: { username, password } };
}
/** A path that was written as JSON; undefined for what is none. */
function readAuthPath(value) {
    if (!Array.isArray(value) || value.length > 2)
        return undefined;
    const [section, origin] = value;
    if (typeof section !== 'string')
        return undefined;
    if (origin === undefined)
        return [section];
    return typeof origin === 'string' ? [section, origin] : undefined;
}
/** What stands at a path exactly as it is in the file, or undefined. */
function auth_json_valueAt({ data }, [section, origin]) {
    const found = memberOf(data, section);
    return origin === undefined ? found : memberOf(found, origin);
}
function memberOf(value, key) {
    return json_isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
/** Everything in a file, entry by entry. */
function auth_json_entriesOf({ data }) {
    return Object.entries(data).flatMap(([section, value]) => isCredentialSection(section)
        ? Object.entries(objectOrEmptyArray(value) ?? {}).map(([origin, entry]) => ({
            path: [section, origin],
            value: entry,
        }))
        : [{ path: [section], value }]);
}
/**
 * The file with one entry set, or taken out when `value` is undefined. Everything else keeps its order, its indentation
 * and its line ends. A section that becomes empty stays.
 */
function withValue(file, path, value) {
    if ((0,external_node_util_namespaceObject.isDeepStrictEqual)(auth_json_valueAt(file, path), value))
        return file;
    const [section, origin] = path;
    const inside = origin === undefined ? value : withMember(objectOrEmptyArray(file.data[section]) ?? {}, origin, value);
    const data = withMember(file.data, section, inside);
    return { kind: 'auth-json', text: editedText(file, path, data), data };
}
function withMember(object, key, value) {
    const { [key]: _, ...others } = object;
    // A known key keeps its place.
    return value === undefined ? others : { ...object, [key]: value };
}
function editedText(file, [section, origin], expected) {
    const formattingOptions = formattingOf(file.text);
    const editsMember = origin !== undefined && json_isJsonObject(file.data[section]);
    const wanted = memberOf(expected, section);
    const path = editsMember ? [section, origin] : [section];
    const value = editsMember ? memberOf(wanted, origin) : wanted;
    // A file `[]` has no properties to edit; it starts anew as an object.
    const source = file.text.trimStart().startsWith('[') ? '{}' : file.text;
    try {
        const edited = (0,main.applyEdits)(source, (0,main.modify)(source, path, value, { formattingOptions }));
        const withNewline = edited.endsWith('\n') || file.text !== EMPTY_AUTH_JSON.text ? edited : `${edited}\n`;
        if ((0,external_node_util_namespaceObject.isDeepStrictEqual)(JSON.parse(withNewline), expected))
            return withNewline;
    }
    catch {
        // Falls through to the plain form below: the editor throws where the first of two sections is no object.
    }
    // A key that stands twice: an editor changes the first, Composer reads the last. Written out plainly it means the same.
    return `${JSON.stringify(expected, null, formattingOptions.insertSpaces ? (formattingOptions.tabSize ?? 4) : '\t')}\n`;
}
/** The indentation that a file uses; Composer's own four spaces where it shows none. */
function formattingOf(text) {
    const indentation = /^([ \t]+)\S/m.exec(text)?.[1] ?? '    ';
    return {
        insertSpaces: !indentation.startsWith('\t'),
        tabSize: indentation.length,
        eol: text.includes('\r\n') ? '\r\n' : '\n',
    };
}
/** Where a value stands in a JSON text; undefined when it is not there. */
function positionOf(text, path) {
    const root = treeOf(text);
    const node = root && (0,main.findNodeAtLocation)(root, path);
    return node && positionAt(text, node.offset);
}
/** Of a text that is longer there is no tree: it takes many times the room. Characters. */
const LONGEST_TREE = 8 * 1024 * 1024;
/** The tree of a JSON text, in which positions are looked up. */
function treeOf(text) {
    return text.length > LONGEST_TREE ? undefined : (0,main.parseTree)(text);
}
/**
 * Whether PHP makes an integer of this key, as of `"10"`, and Composer stops with a type error where it needs a string.
 * Source of the rule: PHP's manual on arrays; the integers are those of 64 bits.
 */
function isPhpInteger(key) {
    return /^(?:0|-?[1-9]\d{0,18})$/.test(key) && BigInt.asIntN(64, BigInt(key)) === BigInt(key);
}
function objectOrEmptyArray(value) {
    if (json_isJsonObject(value))
        return value;
    return Array.isArray(value) && value.length === 0 ? {} : undefined;
}

;// CONCATENATED MODULE: ./lib/composer/environment.js
/**
 * The value of a variable as PHP's `if ($value)` sees it: `''` and `'0'` count as not set.
 * Source of the rule: `Platform::getEnv` and its callers in Composer's `Factory.php`.
 */
function truthy(value) {
    return value === undefined || value === '' || value === '0' ? undefined : value;
}
/**
 * Expands a leading `~/`, `$VAR` or `%VAR%` as Composer does in its path settings (`Platform::expandPath`).
 * An unset variable expands to nothing.
 */
function expandPath(path, { env, platform }) {
    const userDirectory = env.HOME ?? (platform === 'win32' ? env.USERPROFILE : undefined) ?? '';
    if (/^~[\\/]/.test(path))
        return userDirectory + path.slice(1);
    const match = /^(?:\$(\w+)|%(\w+)%)(.*)$/s.exec(path);
    if (match === null)
        return path;
    const name = match[1] ?? match[2] ?? '';
    const value = platform === 'win32' && name === 'HOME' ? (truthy(env.HOME) ?? env.USERPROFILE) : env[name];
    return (value ?? '') + (match[3] ?? '');
}

;// CONCATENATED MODULE: ./lib/composer/project-file.js




/** What is larger is not read: a lock of the largest shops has some three megabytes. Bytes. */
const LARGEST_PROJECT_FILE = 64 * 1024 * 1024;
/** What is longer is no address that a server would take, and costs time wherever it is looked at. Characters. */
const LONGEST_URL = 8192;
/**
 * Reads a JSON file of the project; undefined when there is none.
 *
 * @param mostValues a file with more is not read
 * @param repaired what Composer may read in the place of a text with a conflict; undefined where it reads nothing
 */
function readProjectFile(path, mostValues, repaired = () => undefined) {
    const file = (0,bounded_file/* readBounded */.CB)(path, LARGEST_PROJECT_FILE);
    switch (file.kind) {
        // Composer asks `is_file`: a directory of that name counts as no file, and so does a link that leads nowhere.
        case 'absent':
        case 'not-a-file':
            return undefined;
        case 'too-large':
            return { kind: 'unreadable', path, reason: 'too-large', position: undefined };
        case 'unreadable':
            return { kind: 'unreadable', path, reason: 'permission', position: undefined };
        case 'bytes':
            if (hasMoreValues(file.bytes, mostValues))
                return { kind: 'unreadable', path, reason: 'too-large', position: undefined };
            return parsedFile(path, file.bytes, repaired);
    }
}
function parsedFile(path, bytes, repaired) {
    const written = json_parseJson(bytes);
    const conflict = written.kind === 'invalid' ? conflictMarker(bytes) : undefined;
    const instead = conflict === undefined ? undefined : repaired(bytes.toString('utf8'));
    const parsed = instead === undefined ? written : json_parseJson(Buffer.from(instead));
    if (parsed.kind === 'invalid') {
        if (conflict !== undefined)
            return { kind: 'unreadable', path, reason: 'conflict', position: conflict };
        return { kind: 'unreadable', path, reason: parsed.problem, position: parsed.position };
    }
    const { text, value } = parsed;
    if (!json_isJsonObject(value)) {
        return { kind: 'unreadable', path, reason: 'not-an-object', position: { line: 1, column: 1 } };
    }
    let sections;
    const members = (section) => {
        sections ??= membersOf(text);
        return sections[section];
    };
    return { kind: 'parsed', data: value, conflict, members };
}
/** Whether a text has control or format characters (line breaks, terminal escapes, bidirectional overrides). */
function hasControls(text) {
    return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}
/** A URL of the project's files as it can be asked for and shown: percent-encoded where no URL may have such a character. */
function readUrl(value) {
    if (typeof value !== 'string' || value.length > LONGEST_URL)
        return '';
    return value.replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, encodeURIComponent);
}
/** Where a member of a section stands; the beginning of the file when that cannot be told. */
function positionIn(file, section, key) {
    return file.members(section).get(key) ?? { line: 1, column: 1 };
}
/**
 * The members of all sections, found in one pass without a tree: a tree of the largest file that is read would not fit into
 * memory, and looking each member up in it takes as many steps as there are members.
 *
 * Of a key that stands twice the last one counts, at the place of the first, as in PHP's arrays. Of a locked package its
 * name is what a person looks for.
 */
function membersOf(text) {
    const sections = {
        require: new Map(),
        'require-dev': new Map(),
        repositories: new Map(),
        packages: new Map(),
        'packages-dev': new Map(),
    };
    // Where the value is that is being read: a number in a list, a key in an object.
    const path = [];
    const note = (line, character) => {
        const [section, key, detail] = path;
        if (key === undefined || typeof section !== 'string' || !Object.hasOwn(sections, section))
            return;
        const isName = path.length === 3 && detail === 'name' && section.startsWith('packages');
        if (path.length !== 2 && !isName)
            return;
        sections[section].set(key, { line: line + 1, column: character + 1 });
    };
    const noteItem = (line, character) => {
        if (typeof path.at(-1) === 'number')
            note(line, character);
    };
    (0,main.visit)(text, {
        onObjectBegin: (_offset, _length, line, character) => {
            noteItem(line, character);
            path.push('');
        },
        onObjectProperty: (key, _offset, _length, line, character) => {
            path[path.length - 1] = key;
            note(line, character);
        },
        onObjectEnd: () => {
            path.pop();
        },
        onArrayBegin: (_offset, _length, line, character) => {
            noteItem(line, character);
            path.push(0);
        },
        onArrayEnd: () => {
            path.pop();
        },
        onLiteralValue: (_value, _offset, _length, line, character) => noteItem(line, character),
        onSeparator: (character) => {
            const last = path.at(-1);
            if (character === ',' && typeof last === 'number')
                path[path.length - 1] = last + 1;
        },
    });
    return sections;
}
/** The first line that git left in a file with a conflict. */
function conflictMarker(bytes) {
    const line = bytes
        .toString('utf8')
        .split('\n')
        .findIndex((text) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/.test(text));
    return line === -1 ? undefined : { line: line + 1, column: 1 };
}

;// CONCATENATED MODULE: ./lib/composer/origin.js
/**
 * The origin of a URL: the key under which Composer looks its credentials up, `host` or `host:port`. Case is kept and a
 * default port that the URL spells is not dropped, since Composer compares this string as it stands.
 *
 * Source of the rule: `Util/Url.php::getOrigin`. `new URL()` cannot serve: it folds case and drops default ports.
 */
function originOf(url) {
    const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::(\d+))?/i.exec(url);
    const host = authority?.[1] ?? '';
    if (host === '')
        return url;
    const port = Number(authority?.[2] ?? 0);
    const origin = port === 0 ? host : `${host}:${port}`;
    if (origin.endsWith('.github.com'))
        return 'github.com';
    if (origin === 'repo.packagist.org')
        return 'packagist.org';
    return origin;
}
/** The one host whose keys come from Commerce Marketplace. */
const ADOBE_HOST = 'repo.magento.com';
/**
 * The URL of a Composer repository's root file: the repository URL itself when its path names a .json file, else
 * `/packages.json` below it.
 *
 * Source of the rule: `Repository/ComposerRepository.php`, its constructor and `getPackagesJsonUrl`.
 */
function packagesJsonUrl(repositoryUrl) {
    // From where a row of slashes begins, not from each of them.
    const url = repositoryUrl.replace(/(?<!\/)\/+$/, '');
    return new URL(url).pathname.includes('.json') ? url : `${url}/packages.json`;
}
/** Whether a host name, as `URL.hostname` gives it, is meant for this machine. Where a connection ends is another question. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
/**
 * Whether nobody on the way can read a request, as far as its URL tells: https, or http to this machine. That the
 * connection ends there is seen to once it stands: see `server/connection.ts`.
 */
function isPrivateRoute(url) {
    if (!URL.canParse(url))
        return false;
    const { protocol, hostname } = new URL(url);
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
/** Whether an address, as a connection gives its other end, is this machine's own. */
function origin_isLoopbackAddress(address) {
    return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address) || address === '::1';
}

;// CONCATENATED MODULE: ./lib/composer/repositories.js

/** A repository that no file names, with what Composer takes for granted. */
const UNNAMED_REPOSITORY = {
    key: undefined,
    type: '',
    url: '',
    only: [],
    exclude: [],
    canonical: true,
    inline: [],
    hasOptions: false,
    filter: true,
    requiresPublishedTime: true,
    hasHeaders: false,
    position: { line: 1, column: 1 },
};
const PACKAGIST = {
    ...UNNAMED_REPOSITORY,
    key: 'packagist.org',
    type: 'composer',
    url: 'https://repo.packagist.org',
};
/**
 * The repositories that Composer asks, in its order: the project's, the home's, then packagist.org unless it is switched
 * off or named by hand.
 *
 * Source of the rule: `Config::merge`, `RepositoryFactory::defaultRepos`.
 */
function enabledRepositories(manifest, home) {
    const withHome = merged([{ entry: PACKAGIST, named: 'default' }], home, 'home');
    return merged(withHome, manifest, 'project');
}
/**
 * New repositories stand before the known ones; one whose name is known takes its place. `false` switches a known one off.
 */
function merged(known, manifest, named) {
    if (manifest === undefined)
        return [...known];
    const { repositories, disabled } = manifest;
    const off = new Set(disabled);
    if (repositories.some(isPackagist))
        off.add('packagist.org');
    const own = new Map(repositories.flatMap((entry) => (entry.key === undefined ? [] : [[entry.key, entry]])));
    const left = known.filter(({ entry: { key } }) => key === undefined || !off.has(key));
    const replaced = new Set(left.flatMap(({ entry: { key } }) => (key !== undefined && own.has(key) ? [key] : [])));
    return [
        ...repositories.filter(({ key }) => key === undefined || !replaced.has(key)).map((entry) => ({ entry, named })),
        ...left.map((repository) => {
            const { key } = repository.entry;
            const entry = key === undefined ? undefined : own.get(key);
            return entry === undefined ? repository : { entry, named };
        }),
    ];
}
function isPackagist({ type, url }) {
    return type === 'composer' && /^https?:\/\/(?:[a-z0-9.-]+\.)?packagist\.org(?:\/|$)/.test(url);
}
/** Whether a repository may serve a name at all. Source of the rule: `FilterRepository.php`. */
function mayServe({ only, exclude }, name) {
    return only.length > 0 ? anyMatches(only, name) : !anyMatches(exclude, name);
}
const sorted = new WeakMap();
/** Whether a name matches one of some patterns, of which there may be thousands, asked for thousands of names. */
function anyMatches(all, name) {
    if (all.length === 0)
        return false;
    const known = sorted.get(all) ?? {
        names: new Set(all.filter((pattern) => !pattern.includes('*')).map((pattern) => pattern.toLowerCase())),
        patterns: all.filter((pattern) => pattern.includes('*')),
    };
    sorted.set(all, known);
    return known.names.has(name.toLowerCase()) || known.patterns.some((pattern) => nameMatches(pattern, name));
}
/** Whether a package's name matches a pattern in which `*` stands for anything. Source: `BasePackage::packageNameToRegexp`. */
function nameMatches(pattern, name) {
    // By hand, since a regular expression of many `.*` takes ages to find out that a name does not match, and the pattern
    // may come from a pull request or from a server.
    const text = name.toLowerCase();
    const [first = '', ...rest] = pattern.toLowerCase().split('*');
    const last = rest.pop();
    if (last === undefined)
        return text === first;
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
        return false;
    let from = first.length;
    for (const part of rest) {
        const at = text.indexOf(part, from);
        if (at === -1)
            return false;
        from = at + part.length;
    }
    return from <= text.length - last.length;
}
/**
 * A repository's URL as Composer uses it: without a scheme it reads `http://`, which `secure-http` then refuses.
 * Undefined for what is no URL.
 *
 * Source of the rule: `ComposerRepository::__construct`.
 */
function repositoryUrl(url) {
    const withScheme = /^[\w.]+\??:\/\//.test(url) ? url.replace(/^https\?/, 'https') : `http://${url}`;
    return URL.canParse(withScheme) ? withoutSlashesAtEnd(withScheme) : undefined;
}
/** By hand: a regular expression looks at a long row of slashes again from each of them. */
function withoutSlashesAtEnd(text, slashes = '/') {
    let end = text.length;
    while (end > 0 && slashes.includes(text.charAt(end - 1)))
        end--;
    return text.slice(0, end);
}
/** Hosts of public forges and of packagist, at which nothing is asked: their archives need no keys of this kind. */
function isPublicForge(origin) {
    return /^(?:github\.com|api\.github\.com|codeload\.github\.com|gitlab\.com|bitbucket\.org|api\.bitbucket\.org|packagist\.org|repo\.packagist\.org)$/i.test(origin);
}
/**
 * The address under which the files of a repository lie; undefined for what is no URL. Source: `ComposerRepository::__construct`,
 * `baseUrl`.
 */
function repositoryBase({ url }) {
    const address = repositoryUrl(url)?.replace(/(?:\/[^/\\]+\.json)?(?:[?#].*)?$/, '');
    return address === undefined ? undefined : withoutSlashesAtEnd(address);
}
/** The origin of a repository, under which its credentials are looked up. */
function repositoryOrigin(entry) {
    return originOf(repositoryUrl(entry.url) ?? entry.url);
}

;// CONCATENATED MODULE: ./lib/composer/config.js










/** An auth.json larger than this is not read: Composer's are a few kilobytes, and a secret takes many times its room. Bytes. */
const LARGEST_AUTH_FILE = 512 * 1024;
/**
 * Every place from which Composer takes settings, least important first; those that hold nothing are left out. A file or
 * variable that Composer does not accept has no settings, and says why.
 *
 * `COMPOSER_AUTH` stands where it stood until Composer 2.7.7; since 2.7.8 it is read once more at the end.
 *
 * Source of the rule: `Factory::createConfig`, `Factory::createComposer`.
 */
function configSources(environment, home) {
    const manifest = composerJsonPath(environment);
    const variable = truthy(environment.env.COMPOSER_AUTH);
    return [
        ...(home === undefined ? [] : [settingsFile('home-config', (0,external_node_path_.resolve)(home, 'config.json'))]),
        ...(home === undefined ? [] : [authFile('home-auth', (0,external_node_path_.resolve)(home, 'auth.json'))]),
        variable === undefined ? undefined : authSource('environment', 'COMPOSER_AUTH', Buffer.from(variable)),
        settingsFile('manifest', manifest),
        // Without a composer.json, as for `create-project`, Composer does not look for an auth.json beside it.
        isConfigFile(manifest) ? authFile('project-auth', projectAuthPath(environment)) : undefined,
    ].filter((source) => source !== undefined);
}
/**
 * The auth.json beside the project's composer.json, links followed: where that is one, beside its target.
 *
 * Source of the rule: `Factory::createComposer`.
 */
function projectAuthPath(environment) {
    const manifest = composerJsonPath(environment);
    let folder = (0,external_node_path_.dirname)(manifest);
    try {
        folder = (0,external_node_path_.dirname)((0,external_node_fs_.realpathSync)(manifest));
    }
    catch {
        // No composer.json: Composer would read none of it, and a later one stands here.
    }
    return (0,external_node_path_.resolve)(folder, 'auth.json');
}
const trees = new WeakMap();
/** Where in a source an entry stands; undefined for a variable. */
function positionInSource(source, path) {
    const { place, text } = source;
    if (place === 'environment')
        return undefined;
    // Asked for once for every entry.
    const root = trees.has(source) ? trees.get(source) : treeOf(text);
    trees.set(source, root);
    const inside = place === 'manifest' || place === 'home-config' ? ['config', ...path] : [...path];
    const node = root && (0,main.findNodeAtLocation)(root, inside);
    // The whole `"origin": { … }`, which begins with the origin.
    return node && positionAt(text, node.parent?.offset ?? node.offset);
}
/**
 * `cafile` and `capath`: the variable first, else the last place that sets it.
 *
 * Source of the rule: `Config::get`.
 */
function trustConfig(environment, sources) {
    return { cafile: pathSetting('cafile', environment, sources), capath: pathSetting('capath', environment, sources) };
}
/** A path setting, absolute. Its variable is `COMPOSER_` and the name in capitals. Source: `Config::get`. */
function pathSetting(key, environment, sources) {
    const variable = `COMPOSER_${key.toUpperCase().replaceAll('-', '_')}`;
    const fromVariable = environment.env[variable];
    const set = sources.findLast(({ config }) => typeof config[key] === 'string');
    const source = fromVariable === undefined ? set?.name : variable;
    const written = withoutSlashesAtEnd(String(fromVariable ?? set?.config[key] ?? ''), '/\\');
    if (written === '' || source === undefined)
        return undefined;
    return { value: (0,external_node_path_.resolve)(environment.cwd, expandPath(written, environment)), written, source };
}
/** A setting that is on or off, as the last place that sets it says. Source: `Config::get`. */
function flagSetting(key, fallback, sources) {
    const value = sources.findLast(({ config }) => Object.hasOwn(config, key))?.config[key];
    return value === undefined ? fallback : value !== 'false' && isTruthy(value);
}
/**
 * Whether a plugin is allowed by `allow-plugins`: a boolean, or patterns of names; the project's come before the user's.
 * Undefined where no rule says anything.
 *
 * Source of the rule: `Config::merge`, `Plugin/PluginManager.php::isPluginAllowed`.
 */
function allowsPlugin(name, sources) {
    for (const { config } of sources.toReversed()) {
        const rules = config['allow-plugins'];
        if (typeof rules === 'boolean')
            return rules;
        if (!json_isJsonObject(rules))
            continue;
        const rule = Object.entries(rules).find(([pattern]) => nameMatches(pattern, name))?.[1];
        if (typeof rule === 'boolean')
            return rule;
    }
    return undefined;
}
/** The path of the project's composer.json: `COMPOSER` names another. Source: `Factory::getComposerFile`. */
function composerJsonPath({ env, cwd }) {
    const named = (env.COMPOSER ?? '').trim();
    return (0,external_node_path_.resolve)(cwd, named === '' ? 'composer.json' : named);
}
/** composer.lock stands beside composer.json and takes its name from it. Source: `Factory::getLockFile`. */
function composerLockPath(environment) {
    const manifest = composerJsonPath(environment);
    return manifest.endsWith('.json') ? `${manifest.slice(0, -'.json'.length)}.lock` : `${manifest}.lock`;
}
/** A file that holds credentials alone; Composer asks `is_file`, so that a folder counts as none. */
function authFile(place, path) {
    const bytes = bytesOf(path, LARGEST_AUTH_FILE, MOST_VALUES);
    return bytes === undefined ? undefined : authSource(place, path, bytes);
}
function authSource(place, name, bytes) {
    const read = readAuthJson(bytes);
    return read.kind === 'invalid'
        ? { place, name, config: {}, text: bytes.toString(), invalid: read }
        : { place, name, config: read.data, text: read.text, invalid: undefined };
}
/** A file with settings under `config`. What else is wrong with a composer.json is another check's business. */
function settingsFile(place, path) {
    const bytes = bytesOf(path, LARGEST_PROJECT_FILE, MOST_WRITTEN_BY_HAND);
    const parsed = bytes === undefined ? undefined : json_parseJson(bytes);
    if (parsed?.kind === 'invalid' && place === 'home-config') {
        const { problem: reason, position } = parsed;
        return { place, name: path, config: {}, text: '', invalid: { kind: 'invalid', fault: { reason }, position } };
    }
    if (parsed?.kind !== 'json' || !json_isJsonObject(parsed.value))
        return undefined;
    const { text } = parsed;
    const config = json_isJsonObject(parsed.value.config) ? parsed.value.config : {};
    const invalid = invalidEntry(config, (path) => positionOf(text, ['config', ...path]));
    return { place, name: path, config: invalid === undefined ? config : {}, text, invalid };
}
function bytesOf(path, mostBytes, mostValues) {
    const file = (0,bounded_file/* readBounded */.CB)(path, mostBytes);
    return file.kind === 'bytes' && !hasMoreValues(file.bytes, mostValues) ? file.bytes : undefined;
}
function isConfigFile(file) {
    try {
        return (0,external_node_fs_.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: ./lib/tools/program.js


/** What Windows can start; scripts of other kinds need a program of their own. */
const STARTABLE = ['.com', '.exe', '.bat', '.cmd'];
/**
 * The path of a program, looked for in `PATH` alone. Undefined where there is none.
 *
 * Nothing inside the checkout is ever started: a pull request may have put it there while another step, or the workflow,
 * put its folder on the `PATH`. Nor is the current folder looked into, which Windows would do first.
 */
function programNamed(name, environment) {
    const { join } = rulesOf(environment);
    const inCheckout = checkoutOf(environment);
    return trustedPath(environment)
        .flatMap((folder) => fileNames(name, environment).map((file) => join(folder, file)))
        .find((path) => isProgram(path, environment) && !inCheckout(path));
}
/**
 * The entries of `PATH` that a program may be started from, in their order. Programs get no others handed on either: a
 * script that begins with `#!/usr/bin/env php` looks its interpreter up by itself.
 */
function trustedPath(environment) {
    const { delimiter } = rulesOf(environment);
    const inCheckout = checkoutOf(environment);
    const entries = (environment.env.PATH ?? '').split(delimiter);
    return entries
        .map((entry) => (environment.platform === 'win32' ? entry.replace(/^"(.*)"$/, '$1') : entry))
        .filter((entry) => program_isAbsolute(entry, environment) && !inCheckout(entry));
}
/** An empty entry means the current folder, and `\tools` a folder of the current drive. */
function program_isAbsolute(entry, { platform }) {
    return platform === 'win32' ? /^(?:[a-z]:[\\/]|\\\\)/i.test(entry) : entry.startsWith('/');
}
/** Whether a path leads into the workspace, the working directory or the folder that the step was started in. */
function checkoutOf(environment) {
    const { relative, resolve, parse, isAbsolute } = rulesOf(environment);
    const folders = [environment.env.GITHUB_WORKSPACE ?? '', environment.cwd, process.cwd()]
        .filter((folder) => folder !== '')
        .flatMap((folder) => [resolve(folder), real(folder)])
        // Everything is inside a root: nothing would be left to start.
        .filter((folder) => parse(folder).root !== folder);
    const isWithin = (path, folder) => {
        const way = relative(folder, path);
        return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
    };
    return (path) => [resolve(path), real(path)].some((one) => folders.some((folder) => isWithin(one, folder)));
}
function fileNames(name, { env, platform }) {
    if (platform !== 'win32')
        return [name];
    const extensions = (env.PATHEXT ?? '').toLowerCase().split(';');
    const known = extensions.filter((extension) => STARTABLE.includes(extension));
    return (known.length === 0 ? STARTABLE : known).map((extension) => `${name}${extension}`);
}
function isProgram(path, { platform }) {
    try {
        if (!(0,external_node_fs_.statSync)(path).isFile())
            return false;
        if (platform !== 'win32')
            (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}
/** Without links; as it stands where there is nothing. */
function real(path) {
    try {
        return external_node_fs_.realpathSync.native(path);
    }
    catch {
        return path;
    }
}
function rulesOf({ platform }) {
    return platform === 'win32' ? external_node_path_.win32 : external_node_path_.posix;
}

;// CONCATENATED MODULE: ./lib/tools/run-tool.js



const NO_ANSWER = { exitStatus: undefined, stdout: '' };
/** More is not kept: versions and names are short. Characters. */
const LONGEST_OUTPUT = 64 * 1024;
/** What a tool leaves behind may hold its output open; longer is not waited for it. Milliseconds. */
const AFTER_EXIT = 1000;
/** Tools need nobody's credentials here: neither this step's own nor the job's. Proxies' URLs may hold some. */
const SECRET = /^(?:INPUT_|STATE_|ACTIONS_|COMPOSER_AUTH$)|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(?:^|_)(?:API)?KEY$|_proxy$/i;
/**
 * Starts a tool that lies outside the checkout, and waits for what it prints, no longer than its limit. It gets no input
 * and no secret. Whatever it started is ended with it, and also when this process ends first.
 */
async function runTool(name, args, options) {
    const program = programNamed(name, options.environment);
    const command = program === undefined ? undefined : commandFor(program, args, options.environment);
    return command === undefined || options.limit <= 0 ? NO_ANSWER : answerOf(command, options);
}
/** Windows starts batch files through its shell alone, in which some characters have a meaning. */
function commandFor(program, args, { env, platform }) {
    if (platform !== 'win32' || !/\.(?:bat|cmd)$/i.test(program))
        return { file: program, args, shell: false };
    if (/["%^!&|<>\r\n]/.test(program) || !args.every((arg) => /^[\w.=-]+$/.test(arg)))
        return undefined;
    return { file: [`"${program}"`, ...args].join(' '), args: [], shell: systemFile('cmd.exe', env) };
}
function answerOf({ file, args, shell }, options) {
    const { environment, cwd, limit } = options;
    return new Promise((resolve) => {
        let child;
        const end = () => {
            if (child !== undefined && isRunning(child))
                endTree(child, environment);
        };
        // Before it is started: the signal may come at once.
        const stopWatching = whenThisProcessEnds(end);
        let stdout = '';
        let exitStatus;
        const settle = () => {
            clearTimeout(timer);
            stopWatching();
            end();
            child?.stdout.destroy();
            child?.unref();
            resolve({ exitStatus, stdout });
        };
        let timer = setTimeout(settle, limit * 1000);
        try {
            child = spawned();
        }
        catch {
            return settle();
        }
        child.stdout.setEncoding('utf8').on('data', (text) => {
            if (stdout.length < LONGEST_OUTPUT)
                stdout += text;
        });
        child.once('error', settle);
        child.once('exit', (status) => {
            exitStatus = status ?? undefined;
            if (child !== undefined)
                endLeftovers(child, environment);
            clearTimeout(timer);
            timer = setTimeout(settle, AFTER_EXIT);
        });
        child.once('close', settle);
    });
    function spawned() {
        return (0,external_node_child_process_namespaceObject.spawn)(file, args, {
            cwd,
            shell,
            env: environmentFor(options),
            stdio: ['ignore', 'pipe', 'ignore'],
            // A process group of its own, so that all of it can be ended.
            detached: environment.platform !== 'win32',
            windowsHide: true,
        });
    }
}
function environmentFor({ environment, without, variables }) {
    const kept = Object.entries(environment.env).filter((entry) => entry[1] !== undefined && !SECRET.test(entry[0]) && !without.test(entry[0]) && !/^path$/i.test(entry[0]));
    const windows = environment.platform === 'win32';
    return {
        ...Object.fromEntries(kept),
        PATH: trustedPath(environment).join(windows ? ';' : ':'),
        ...(windows ? { NoDefaultCurrentDirectoryInExePath: '1' } : {}),
        ...variables,
    };
}
/** Whatever ends this process, such as a job that is cancelled. */
function whenThisProcessEnds(work) {
    const onSignal = (signal) => {
        work();
        // Nobody listens any more, so now it does what it always does.
        process.kill(process.pid, signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    process.once('exit', work);
    for (const signal of signals)
        process.once(signal, onSignal);
    return () => {
        process.off('exit', work);
        for (const signal of signals)
            process.off(signal, onSignal);
    };
}
function isRunning({ exitCode, signalCode }) {
    return exitCode === null && signalCode === null;
}
/** What a tool has left running. Windows knows nobody's children any more once they have no parent. */
function endLeftovers(child, environment) {
    if (environment.platform !== 'win32')
        endTree(child, environment);
}
function endTree({ pid }, { env, platform }) {
    if (pid === undefined)
        return;
    try {
        if (platform !== 'win32')
            process.kill(-pid, 'SIGKILL');
        else
            (0,external_node_child_process_namespaceObject.spawnSync)(systemFile('taskkill.exe', env), ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', timeout: 5000 });
    }
    catch {
        // It has ended by itself.
    }
}
function systemFile(name, env) {
    return external_node_path_.win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', name);
}

;// CONCATENATED MODULE: ./lib/composer/versions/version-grammar.js
/**
 * The pieces of composer/semver's grammar that versions, constraints and stabilities share.
 *
 * Its patterns are PCRE without the `u`, `s` and `D` flags, and JavaScript reads the same text differently in three
 * places: `\s` is ASCII there, `.` stops only at a line feed (written `[^\n]` here), and `$` also matches before a last
 * line feed (`END`). Possessive quantifiers are plain here, wherever what follows cannot match what they took.
 */
/** PCRE's `\s`, for use inside brackets. */
const SPACE = ' \\t\\n\\v\\f\\r';
/** PCRE's `$`. */
const END = '(?=\\n?$)';
const STABILITY_NAMES = 'stable|RC|beta|alpha|dev';
/**
 * The part of a version after its numbers: groups `word`, `count` and `dev`.
 *
 * Source of the rule: composer/semver `VersionParser::$modifierRegex`. Its group of counts nests one repetition in
 * another, which takes exponential time without possessive quantifiers; this one has one way to match each text.
 */
const MODIFIER = '[._-]?(?:(?<word>stable|beta|b|RC|alpha|a|patch|pl|p)(?<count>(?:[.-]?\\d+(?:[.-]\\d+)*)?))?(?<dev>[.-]?dev)?';
/** What is longer is not read: no version is, and everything that looks at one takes its time. Characters. */
const LONGEST_VERSION = 1024;
/** Where the text lies in which a pattern that takes no line feed can reach `END`. */
function lastLine(text) {
    const end = text.endsWith('\n') ? text.length - 1 : text.length;
    return { start: end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1, end };
}
const INLINE_ALIAS = new RegExp(`^([^,${SPACE}]+) +as +[^,${SPACE}]+${END}`);
/**
 * The version that really is installed of an inline alias: `dev-x` of `dev-x as 1.0.x-dev`.
 *
 * Source of the rule: composer/semver `VersionParser::normalize` and `VersionParser::parseConstraint`, the same in both.
 */
function withoutInlineAlias(text) {
    return INLINE_ALIAS.exec(text)?.[1] ?? text;
}
/** PHP's `trim`: it takes NUL, and neither form feeds nor what is white only in Unicode. */
function phpTrim(text) {
    const trimmed = ' \t\n\r\0\v';
    let start = 0;
    let end = text.length;
    while (start < end && trimmed.includes(text.charAt(start)))
        start += 1;
    while (end > start && trimmed.includes(text.charAt(end - 1)))
        end -= 1;
    return text.slice(start, end);
}
/** White space is looked at from where it begins, and from nowhere else: each row of it is read once. */
const OR = new RegExp(`(?:(?<![${SPACE}])[${SPACE}]+)?\\|\\|?[${SPACE}]*`);
const AND = /(?<!^|as|[=>< ,]) *(?<!-)[, ](?!-) *(?!,|as|\n?$)/;
/**
 * Splits a constraint into its alternatives, and each into the parts that must hold together.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraints`; Composer's `RootPackageLoader` splits alike.
 */
function splitConstraint(text) {
    return phpTrim(text)
        .split(OR)
        .map((alternative) => alternative.split(AND));
}

;// CONCATENATED MODULE: ./lib/composer/versions/version.js

const STABILITY_FLAG = new RegExp(`@(?:${STABILITY_NAMES})${END}`, 'i');
const BUILD_METADATA = new RegExp(`^([^,${SPACE}+]+)\\+[^${SPACE}]+${END}`);
const CLASSICAL = new RegExp(`^v?(\\d{1,5})(\\.\\d+)?(\\.\\d+)?(\\.\\d+)?${MODIFIER}${END}`, 'i');
/** Of composer/semver 3.3: since 3.4.0 there may be one number more at the end, so that `1234567.1` is a date as well. */
const DATE = new RegExp(`^v?(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3})?)${MODIFIER}${END}`, 'i');
/** From where a line begins: a match that begins later is part of one that begins there. */
const DEV_SUFFIX = new RegExp(`(?<![^\\n])([^\\n]*?)[.-]?dev${END}`, 'i');
const NUMERIC_BRANCH = new RegExp(`^v?(\\d+)(\\.(?:\\d+|[x*]))?(\\.(?:\\d+|[x*]))?(\\.(?:\\d+|[x*]))?${END}`, 'i');
/** Branches that were versions in Composer 1, before the prefix `dev-` was asked for. */
const DEFAULT_BRANCHES = ['master', 'trunk', 'default'];
/**
 * A version in the form in which Composer compares it (`2.4.8-p3` is `2.4.8.0-patch3`), undefined when it is none, or
 * longer than `LONGEST_VERSION`.
 *
 * Source of the rule: composer/semver `VersionParser::normalize`.
 */
function normalizeVersion(version) {
    if (version.length > LONGEST_VERSION)
        return undefined;
    const single = withoutInlineAlias(phpTrim(version)).replace(STABILITY_FLAG, '');
    const named = DEFAULT_BRANCHES.includes(single) ? `dev-${single}` : single;
    if (/^dev-/i.test(named))
        return `dev-${named.slice(4)}`;
    const bare = BUILD_METADATA.exec(named)?.[1] ?? named;
    return normalizedNumbers(bare) ?? normalizedNumericBranch(bare);
}
/** A version of up to four numbers, or a date. */
function normalizedNumbers(version) {
    const classical = CLASSICAL.exec(version);
    if (classical !== null) {
        const [, major = '', ...rest] = classical.slice(0, 5);
        return withModifier(`${major}${rest.map((number) => number ?? '.0').join('')}`, classical.groups);
    }
    const date = DATE.exec(version);
    return date === null ? undefined : withModifier((date[1] ?? '').replace(/\D/g, '.'), date.groups);
}
function withModifier(numbers, { word, count = '', dev } = {}) {
    // Only in lower case, and then with what follows it: PHP compares the word as it stands.
    if (word === 'stable')
        return numbers;
    const pre = word === undefined ? '' : `-${longName(word)}${count.replace(/^[.-]+/, '')}`;
    return `${numbers}${pre}${dev === undefined ? '' : '-dev'}`;
}
/** Source of the rule: composer/semver `VersionParser::expandStability`. */
function longName(word) {
    const name = word.toLowerCase();
    const names = { a: 'alpha', b: 'beta', p: 'patch', pl: 'patch', rc: 'RC' };
    return names[name] ?? name;
}
/**
 * `2.4.x-dev`, as the highest version of its line. A branch with any other name needs the prefix `dev-`.
 *
 * Source of the rule: composer/semver `VersionParser::normalizeBranch`.
 */
function normalizedNumericBranch(version) {
    const branch = DEV_SUFFIX.exec(version)?.[1];
    const numbers = branch === undefined ? null : NUMERIC_BRANCH.exec(phpTrim(branch));
    if (numbers === null)
        return undefined;
    const highest = numbers.slice(1, 5).map((number) => (number ?? '.x').replace(/[x*]/i, '9999999'));
    return `${highest.join('')}-dev`;
}
function comparison(operator, version) {
    return { kind: 'comparison', operator, version };
}
/**
 * Compares two normalized versions. A branch (`dev-…`) equals itself, differs from all else, and has no order.
 *
 * Source of the rule: composer/semver `Constraint::versionCompare`.
 */
function compareVersions(a, b, operator) {
    const branches = [a, b].filter((version) => version.startsWith('dev-')).length;
    if (branches > 0)
        return operator === '!=' ? a !== b : operator === '==' && a === b;
    const order = phpVersionOrder(a, b);
    switch (operator) {
        case '==':
            return order === 0;
        case '!=':
            return order !== 0;
        case '<':
            return order < 0;
        case '<=':
            return order <= 0;
        case '>':
            return order > 0;
        case '>=':
            return order >= 0;
    }
}
/**
 * Negative, zero or positive, as the first version is lower, equal or higher.
 *
 * Source of the rule: PHP `version_compare` (ext/standard/versioning.c).
 */
function phpVersionOrder(a, b) {
    if (a === '' || b === '')
        return Math.sign(a.length - b.length);
    const left = canonicalParts(a);
    const right = canonicalParts(b);
    const shared = Math.min(left.length, right.length);
    for (let index = 0; index < shared; index += 1) {
        const order = partOrder(left[index] ?? '', right[index] ?? '');
        if (order !== 0)
            return order;
    }
    // A further number makes a version higher; a further word counts against NUMBER, so that 1.0-beta < 1.0 < 1.0-patch.
    if (left.length > shared)
        return restOrder(left.slice(shared));
    if (right.length > shared)
        return -restOrder(right.slice(shared));
    return 0;
}
/** Stands for any number where PHP compares it with a word. */
const NUMBER = '#N#';
function restOrder(rest) {
    const text = rest.join('.');
    return /^\d/.test(text) ? 1 : phpVersionOrder(text, NUMBER);
}
/** The parts between dots, after PHP has put dots for all other signs and where digits and letters meet. */
function canonicalParts(version) {
    if (version === NUMBER)
        return [NUMBER];
    const dotted = version.slice(1).replace(/[^\dA-Za-z]+/g, '.');
    return (version.charAt(0) + dotted)
        .replace(/(?<=\d)(?=[A-Za-z])|(?<=[^\d.])(?=\d)/g, '.')
        .replace(/\.{2,}/g, '.')
        .split('.');
}
function partOrder(a, b) {
    const [aIsNumber, bIsNumber] = [/^\d/.test(a), /^\d/.test(b)];
    if (aIsNumber && bIsNumber) {
        const [left, right] = [phpInteger(a), phpInteger(b)];
        return left < right ? -1 : Number(left > right);
    }
    return rank(aIsNumber ? NUMBER : a) - rank(bIsNumber ? NUMBER : b);
}
const LARGEST_INTEGER = 2n ** 63n - 1n;
/** C's `strtol`, which stops at the largest integer. */
function phpInteger(digits) {
    const significant = digits.replace(/^0+(?=\d)/, '');
    if (significant.length > String(LARGEST_INTEGER).length)
        return LARGEST_INTEGER;
    const value = BigInt(significant);
    return value > LARGEST_INTEGER ? LARGEST_INTEGER : value;
}
/** The words that PHP knows, by how they begin; a word that it does not know comes before all of them. */
const RANKS = [
    ['dev', 0],
    ['a', 1],
    ['b', 2],
    ['RC', 3],
    ['rc', 3],
    ['#', 4],
    ['p', 5],
];
function rank(word) {
    return RANKS.find(([start]) => word.startsWith(start))?.[1] ?? -1;
}

;// CONCATENATED MODULE: ./lib/composer/installed/installed-version.js





/** A wrapper that starts a container takes a few seconds; what takes longer is ended. Seconds. */
const LONGEST_WAIT = 15;
/**
 * The version of the installed Composer (`2.9.8`), or undefined when none answers. Asked only where versions differ, and
 * once.
 *
 * Composer runs in an empty folder that is its home as well: no plugin of the project or of the user is loaded, and no
 * `~/.config/composer` comes into being that would hide another step's auth.json. It gets no input of this step and no
 * credentials.
 */
async function installedComposerVersion(environment) {
    const emptyFolder = temporaryFolder(environment);
    if (emptyFolder === undefined)
        return undefined;
    try {
        const { stdout } = await runTool('composer', ['--version', '--no-interaction', '--no-ansi'], {
            environment,
            cwd: emptyFolder,
            // `COMPOSER` would bring a project's plugins in.
            without: /^COMPOSER/i,
            variables: { COMPOSER_HOME: emptyFolder, COMPOSER_ALLOW_SUPERUSER: '1' },
            limit: LONGEST_WAIT,
        });
        // Without an answer there is no composer on the PATH (yet): the step may stand before the one that installs it.
        // Older builds print the number without the word "version".
        const version = /^Composer (?:version )?(\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1];
        return version === undefined || normalizeVersion(version) === undefined ? undefined : version;
    }
    finally {
        (0,external_node_fs_.rmSync)(emptyFolder, { recursive: true, force: true });
    }
}
function temporaryFolder({ env }) {
    try {
        return (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_namespaceObject.tmpdir)(), 'composer-version-'));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/composer/policy.js


/** Entries of `policy` that are no lists of their own. Source: `PolicyConfig::fromConfig`. */
const NO_CUSTOM_LIST = ['advisories', 'malware', 'abandoned', 'cooldown', 'ignore-unreachable'];
/**
 * What the settings of all places come to, and the variables that override them.
 *
 * Source of the rules: `Config::merge`, `Config::get`, `PolicyConfig::fromConfig`, `BaseCommand::createPolicyConfig`.
 */
function readPolicy({ env }, sources) {
    const policy = switchedBy(flagOf(env.COMPOSER_POLICY), mergedPolicy(sources));
    const audit = mergedAudit(sources);
    const blocks = truthy(env.COMPOSER_NO_BLOCKING) === undefined && truthy(env.COMPOSER_NO_SECURITY_BLOCKING) === undefined;
    const audits = truthy(env.COMPOSER_NO_AUDIT) === undefined;
    const securityBlocks = truthy(env.COMPOSER_NO_SECURITY_BLOCKING) === undefined;
    const byAudit = securityBlocks && isOn(audit['block-insecure'], true);
    if (policy === undefined) {
        const ignoresUnreachable = { install: true, update: true };
        return { lists: [], advisories: { byPolicy: false, byAudit }, ignoresUnreachable, audits, cooldown: undefined };
    }
    const byPolicy = flagOf(env.COMPOSER_POLICY_ADVISORIES_BLOCK) ?? blocksAdvisories(policy, audit);
    return {
        lists: blocks ? blockLists(policy, flagOf(env.COMPOSER_POLICY_MALWARE_BLOCK)) : [],
        advisories: { byPolicy: blocks && byPolicy, byAudit },
        ignoresUnreachable: ignoresUnreachable(policy['ignore-unreachable'], audit['ignore-unreachable']),
        audits,
        cooldown: blocks ? cooldownOf(policy.cooldown, env) : undefined,
    };
}
/** `policy` of all places, list by list; undefined where it is switched off. */
function mergedPolicy(sources) {
    let merged = {};
    for (const { config } of sources) {
        const { policy } = config;
        if (policy === false)
            merged = undefined;
        if (policy === true)
            merged ??= {};
        if (json_isJsonObject(policy))
            merged = mergedLists(merged ?? {}, policy);
    }
    return merged;
}
function mergedLists(known, added) {
    const lists = Object.entries(added).map(([name, given]) => {
        const before = known[name];
        const own = given === true && name !== 'ignore-unreachable' ? {} : given;
        return [name, json_isJsonObject(before) && json_isJsonObject(own) ? { ...before, ...own } : own];
    });
    return { ...known, ...Object.fromEntries(lists) };
}
function mergedAudit(sources) {
    const settings = sources.flatMap(({ config: { audit } }) => (json_isJsonObject(audit) ? Object.entries(audit) : []));
    return Object.fromEntries(settings);
}
/** `COMPOSER_POLICY` turns all of it off, or on where the settings have turned it off. */
function switchedBy(flag, policy) {
    if (flag === false)
        return undefined;
    return flag === true ? (policy ?? {}) : policy;
}
function blocksAdvisories({ advisories }, audit) {
    if (advisories === undefined || advisories === null)
        return isOn(audit['block-insecure'], true);
    return advisories !== false && isOn(json_isJsonObject(advisories) ? advisories.block : undefined, true);
}
function blockLists(policy, malwareBlocks) {
    const { malware } = policy;
    const blocks = malwareBlocks ?? (malware !== false && isOn(json_isJsonObject(malware) ? malware.block : undefined, true));
    const custom = Object.entries(policy).filter(([name]) => !NO_CUSTOM_LIST.includes(name));
    return [
        ...(blocks ? [{ name: 'malware', scope: scopeOf(malware, 'all') }] : []),
        ...custom.flatMap(([name, list]) => json_isJsonObject(list) && isOn(list.block, true) ? [{ name, scope: scopeOf(list, 'update') }] : []),
    ];
}
function scopeOf(list, fallback) {
    const scope = json_isJsonObject(list) ? list['block-scope'] : undefined;
    return scope === 'update' || scope === 'install' || scope === 'all' ? scope : fallback;
}
/** Source of the rule: `Policy/IgnoreUnreachable.php`. */
function ignoresUnreachable(byPolicy, byAudit) {
    if (Array.isArray(byPolicy))
        return { install: byPolicy.includes('install'), update: byPolicy.includes('update') };
    if (byPolicy !== undefined && byPolicy !== null) {
        const all = isOn(byPolicy, true);
        return { install: all, update: all };
    }
    // The older setting is about audits: where it is on, it leaves nothing for the rest.
    const rest = !isOn(byAudit, false);
    return { install: rest, update: rest };
}
/** Source of the rule: `Policy/CooldownPolicyConfig.php`. */
function cooldownOf(cooldown, env) {
    const named = env.COMPOSER_POLICY_COOLDOWN_PERIOD || undefined;
    const settings = json_isJsonObject(cooldown) ? cooldown : {};
    const blocks = flagOf(env.COMPOSER_POLICY_COOLDOWN_BLOCK) ?? isOn(settings.block, true);
    if (!isDuration(named ?? settings.period) || !blocks)
        return undefined;
    const { ignore } = settings;
    if (Array.isArray(ignore))
        return { ignored: ignore.filter((name) => typeof name === 'string') };
    return { ignored: json_isJsonObject(ignore) ? Object.keys(ignore) : [] };
}
/** Whether a period is longer than nothing: a number of seconds, or `7 days`. */
function isDuration(period) {
    const number = /^(\d+)(?:\s*(?:second|minute|hour|day|week)s?)?$/.exec(String(period))?.[1];
    return number !== undefined && Number(number) > 0;
}
/** A variable that is a flag; undefined where it says nothing. Source: `Platform::getBoolEnv`. */
function flagOf(value) {
    if (value === '1' || value === 'true' || value === 'on')
        return true;
    return value === '0' || value === 'false' || value === 'off' ? false : undefined;
}
/** A setting of which nothing but its being set counts otherwise than in PHP's `(bool)`: `null` is not set. */
function isOn(value, fallback) {
    return value === undefined || value === null ? fallback : isTruthy(value);
}

;// CONCATENATED MODULE: ./lib/text/secret-forms.js


/** A mask shorter than this would blot out ordinary words all over the job's log; such values are simply never printed. */
const SHORTEST_MASK = 8;
/**
 * Words in the place of the password by which Composer tells that the user name is a token.
 *
 * Source: `Util/AuthHelper.php::addAuthenticationOptions`.
 */
const TOKEN_FOLLOWS = ['bearer', 'x-oauth-basic', 'oauth2', 'private-token', 'gitlab-ci-token'];
/**
 * The secret halves of a pair: the password, or the token in the place of the user name; and a user name that has the
 * form of a key, while others are words such as `token`.
 */
function secretHalves({ username, password }) {
    if (TOKEN_FOLLOWS.includes(password))
        return [username];
    return [password, ...(/^[0-9a-f]{32}$/i.test(username) ? [username] : [])];
}
/**
 * What the runner is to mask for one pair: its secret halves, the pair as Basic authentication sends it, and the forms
 * that PHP's `json_encode` and URLs give them.
 *
 * The runner derives base64, JSON, URI and XML forms of each value by itself, but not of the two joined by a colon.
 */
function masksFor(pair) {
    const joined = base64(`${pair.username}:${pair.password}`);
    return longEnough([...secretHalves(pair).flatMap(spellingsOf), joined, joined.replaceAll('/', '\\/')]);
}
/** What of an entry of auth.json nobody may see, as it stands there: passwords, tokens, passphrases, values of headers. */
function secretsOf({ path: [section, origin], value }) {
    return origin === undefined ? [] : (AUTH_SECTIONS.get(section)?.secretsIn(value) ?? []);
}
/** What the runner is to mask for one entry of auth.json: see `masksFor` and `secretsOf`. */
function masksForEntry(entry) {
    const pair = entry.path[0] === 'http-basic' ? readHttpBasic(entry.value) : undefined;
    if (pair !== undefined)
        return masksFor(pair);
    return masksForValues(secretsOf(entry));
}
/** What the runner is to mask for single secrets, such as tokens. */
function masksForValues(values) {
    return longEnough(values.flatMap(spellingsOf));
}
function longEnough(forms) {
    return [...new Set(forms)].filter((form) => form.length >= SHORTEST_MASK);
}
/** What of a value's base64 does not depend on its neighbours, for each of the three places at which it can begin. */
function inBase64(value) {
    if (value.length < SHORTEST_MASK)
        return [];
    return [0, 1, 2].map((shift) => {
        const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
        const encoded = bytes.toString('base64').replace(/=+$/, '');
        return encoded.slice(Math.ceil((shift * 8) / 6), encoded.length - (bytes.length % 3 === 0 ? 0 : 1));
    });
}
/** A text in base64, with its padding. */
function base64(text) {
    return Buffer.from(text).toString('base64');
}
/**
 * A secret as it stands and as programs spell it: PHP's `json_encode` with and without its escapes for slashes and for
 * what is not ASCII; percent-encoded, with capitals and without, as JavaScript, `rawurlencode` and forms do it.
 */
function spellingsOf(secret) {
    const json = JSON.stringify(secret).slice(1, -1);
    const ascii = json.replace(/[^\x20-\x7E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const uri = encodeURIComponent(secret.toWellFormed());
    const raw = uri.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
    const percent = [uri, raw, raw.replaceAll('%20', '+').replaceAll('~', '%7E')];
    return [
        ...new Set([
            secret,
            ...[json, ascii].flatMap((text) => [text, text.replaceAll('/', '\\/')]),
            ...percent.flatMap((text) => [text, text.replace(/%../g, (byte) => byte.toLowerCase())]),
        ]),
    ];
}

;// CONCATENATED MODULE: ./lib/text/text-search.js
/**
 * Of a longer pattern so many bytes are looked for; where they stand, it counts as found to its end. Whoever shows the
 * beginning of a secret shows too much, and the memory for the search does not grow with the longest of all secrets.
 */
const LONGEST_BEGINNING = 128;
/**
 * Finds all of many patterns in one pass, by the algorithm of Aho and Corasick: a hostile file can hold thousands of
 * passwords that begin alike, and looking for one after the other would take as many passes.
 *
 * The search returns where patterns stand, in order, stretches that touch made into one.
 */
function searchFor(patterns) {
    const trie = trieOf(patterns);
    return (text) => {
        const found = [];
        let node = 0;
        for (let index = 0; index < text.length; index++) {
            node = trie.next(node, lowerCase(text[index] ?? 0));
            const read = index + 1;
            const length = trie.longest[node] || longestWhole(text, read, trie.whole[node] ?? 0);
            if (length === 0)
                continue;
            let start = read - length;
            let end = Math.min(read + (trie.rest.get(node) ?? 0), text.length);
            for (let last = found.at(-1); last !== undefined && last.end >= start; last = found.at(-1)) {
                start = Math.min(start, last.start);
                end = Math.max(end, last.end);
                found.pop();
            }
            found.push({ start, end });
        }
        return found;
    };
}
function trieOf(patterns) {
    const nodes = openNodes(patterns.reduce((sum, { bytes }) => sum + beginning(bytes).length, 1));
    const { size, byteOf } = nodes;
    const fallback = new Int32Array(size);
    const longest = new Uint8Array(size);
    const rest = new Map();
    const whole = new Uint8Array(size);
    for (const { bytes, kind } of patterns) {
        const first = beginning(bytes);
        let node = 0;
        for (const byte of first)
            node = nodes.added(node, lowerCase(byte));
        if (node === 0)
            continue;
        if (kind === 'anywhere')
            longest[node] = first.length;
        else
            whole[node] = (whole[node] ?? 0) | (1 << bytes.length);
        // Nothing falls back to where a beginning is cut off: no pattern is longer than that.
        if (first.length < bytes.length)
            rest.set(node, Math.max(rest.get(node) ?? 0, bytes.length - first.length));
    }
    const next = (from, byte) => {
        for (let node = from;; node = fallback[node] ?? 0) {
            const one = nodes.childOf(node, byte);
            if (one !== 0 || node === 0)
                return one;
        }
    };
    eachByDepth(nodes, (one, parent) => {
        // What a node falls back to is shorter, and ends what it ends.
        const back = parent === 0 ? 0 : next(fallback[parent] ?? 0, byteOf[one] ?? 0);
        fallback[one] = back;
        longest[one] = longest[one] || (longest[back] ?? 0);
        whole[one] = (whole[one] ?? 0) | (whole[back] ?? 0);
    });
    return { next, longest, rest, whole };
}
function beginning(bytes) {
    return bytes.subarray(0, LONGEST_BEGINNING);
}
/** Visits every node but the root, with its parent: shorter ones first. */
function eachByDepth({ size, child, sibling }, visit) {
    const queue = new Int32Array(size);
    let filled = 1;
    for (let at = 0; at < filled; at++) {
        const node = queue[at] ?? 0;
        for (let one = child[node] ?? 0; one !== 0; one = sibling[one] ?? 0) {
            visit(one, node);
            queue[filled++] = one;
        }
    }
}
/** The nodes of a trie, of which 0 is the root: each knows its first child and its next sibling. */
function openNodes(size) {
    const child = new Int32Array(size);
    const sibling = new Int32Array(size);
    const byteOf = new Uint8Array(size);
    let used = 1;
    const childOf = (node, byte) => {
        let one = child[node] ?? 0;
        while (one !== 0 && byteOf[one] !== byte)
            one = sibling[one] ?? 0;
        return one;
    };
    const added = (node, byte) => {
        const known = childOf(node, byte);
        if (known !== 0)
            return known;
        const one = used++;
        byteOf[one] = byte;
        sibling[one] = child[node] ?? 0;
        child[node] = one;
        return one;
    };
    return { size, child, sibling, byteOf, childOf, added };
}
/** The longest of the lengths, given by bits, at which what ends here stands by itself; 0 for none. */
function longestWhole(text, end, lengths) {
    for (let length = 7; length > 0; length--) {
        if ((lengths & (1 << length)) === 0)
            continue;
        const start = end - length;
        const before = isWord(text[start - 1]) && isWord(text[start]) && !isEscape(text, start);
        if (!before && !(isWord(text[end - 1]) && isWord(text[end])))
            return length;
    }
    return 0;
}
/** Whether a percent escape ends here: its digits are no part of a word. */
function isEscape(text, end) {
    return text[end - 3] === 0x25;
}
function isWord(byte) {
    if (byte === undefined)
        return false;
    const letter = lowerCase(byte);
    return byte >= 0x80 || (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}
function lowerCase(byte) {
    return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

;// CONCATENATED MODULE: ./lib/text/redaction.js


/**
 * So many bytes are looked for, all forms of all secrets taken together: those of some thousand pairs. Where there are
 * more nothing that others wrote is shown, rather than time and memory spent on it.
 */
const MOST_BYTES = 4 * 1024 * 1024;
/** What a form counts for beside its own bytes: a file can hold very many very short secrets. Bytes. */
const FORM = 64;
const REDACTED = '***';
/** Prepares the search for all forms of some secrets; a text is then gone through once, however many they are. */
function redactionOf(secrets) {
    // Each is looked for in four forms at least, which need not be made where they will be too many.
    if (4 * lengthOf(secrets) > MOST_BYTES)
        return { server: () => REDACTED, project: () => REDACTED };
    const { long, short, names } = formsOf(secrets);
    return { server: redacting(() => [...long, ...short, ...names]), project: redacting(() => long) };
}
function lengthOf({ pairs, values }) {
    const inPairs = pairs.reduce((sum, { username, password }) => sum + username.length + password.length + FORM, 0);
    return values.reduce((sum, { length }) => sum + length + FORM, inPairs);
}
/** An address in a server's JSON is escaped twice; more often than so many times nobody does it by mistake. */
const ESCAPED = 3;
/** Looks at a text as it stands and with its escapes undone: they may stand for any part of a secret. */
function redacting(patternsOf) {
    let withoutSecrets;
    return (text) => {
        if (text === '')
            return text;
        withoutSecrets ??= replacing(patternsOf());
        let shown = withoutSecrets(text);
        let spelt = shown;
        for (let round = 0; round < ESCAPED; round++) {
            const plain = unescaped(spelt);
            if (plain === spelt)
                break;
            spelt = withoutSecrets(plain);
            if (spelt !== plain)
                shown = spelt;
        }
        return shown;
    };
}
function replacing(patterns) {
    if (patterns.reduce((sum, { bytes }) => sum + bytes.length + FORM, 0) > MOST_BYTES)
        return () => REDACTED;
    const search = searchFor(patterns);
    return (text) => {
        const bytes = Buffer.from(text);
        const found = search(bytes);
        if (found.length === 0)
            return text;
        let shown = '';
        let from = 0;
        for (const { start, end } of found) {
            shown += bytes.toString('utf8', from, start) + REDACTED;
            from = end;
        }
        return shown + bytes.toString('utf8', from);
    };
}
/** A text with the escapes of URLs and of JSON undone, each once. */
function unescaped(text) {
    return text
        .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
        .replace(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, unit, character) => unit === undefined ? character : String.fromCharCode(Number.parseInt(unit, 16)));
}
function formsOf({ pairs, values }) {
    const secret = new Set([...values, ...pairs.flatMap(secretHalves)].flatMap((value) => [value, ...linesOf(value)]));
    const joined = pairs.flatMap(({ username, password }) => [
        base64(`${username}:${password}`),
        base64(`${password}:${username}`),
    ]);
    // A server that repeats a user name tells who asked, which concerns nobody else either.
    const names = pairs.flatMap(({ username }) => (username.length < SHORTEST_MASK ? [] : allForms(username)));
    const all = patterns([...[...secret].flatMap(allForms), ...joined.flatMap(spellingsOf)]);
    return {
        long: all.filter(({ kind }) => kind === 'anywhere'),
        short: all.filter(({ kind }) => kind === 'whole'),
        names: patterns(names),
    };
}
/** Each line of a value of several, and the value with what surrounds it cut off. */
function linesOf(value) {
    return value.split(/[\r\n]+/).map((line) => line.trim());
}
function allForms(secret) {
    return [...spellingsOf(secret), base64(secret).replace(/=+$/, ''), ...inBase64(secret)];
}
function patterns(forms) {
    return [...new Set(forms)].flatMap((form) => {
        const bytes = Buffer.from(form);
        if (bytes.length === 0)
            return [];
        return [{ bytes, kind: bytes.length < SHORTEST_MASK ? 'whole' : 'anywhere' }];
    });
}

;// CONCATENATED MODULE: ./lib/collections/grouped.js
/** Items by a key, in the order in which each key first comes. `Map.groupBy`, which Node 20 (the demo) has not. */
function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, [item]);
        else
            group.push(item);
    }
    return groups;
}

;// CONCATENATED MODULE: ./lib/composer/installed/composer-versions.js

const NO_VERSION = [];
/**
 * The versions of which something is true.
 *
 * @param changes the first version of each kind, oldest first: between two of them nothing changes
 */
function rangesWhere(changes, isTrue) {
    const ranges = [];
    let since;
    for (const [index, change] of changes.entries()) {
        const version = index === 0 ? undefined : change;
        const holds = isTrue(change);
        if (holds && since === undefined)
            since = { version };
        if (!holds && since !== undefined) {
            ranges.push({ since: since.version, before: version });
            since = undefined;
        }
    }
    return since === undefined ? ranges : [...ranges, { since: since.version, before: undefined }];
}
/** Whether a version is one of some; undefined where it is not known and not all are alike. */
function isAmong(versions, version) {
    if (versions.length === 0)
        return false;
    if (versions.some(({ since, before }) => since === undefined && before === undefined))
        return true;
    if (version === undefined)
        return undefined;
    return versions.some(({ since, before }) => isSince(version, since) && !(before !== undefined && isSince(version, before)));
}
/** Whether a version is a later one or the same; a first one that is not named is earlier than each. */
function isSince(version, first) {
    if (first === undefined)
        return true;
    const [own, other] = [normalizeVersion(version), normalizeVersion(first)];
    return own !== undefined && other !== undefined && compareVersions(own, other, '>=');
}
/** Some versions by their names, in the plural: `Composer 2.10 and newer`, `Composer versions up to 2.8 and from 2.11 on`. */
function namesOfVersions(versions) {
    const names = versions.map(nameOf);
    if (names.length < 2)
        return `Composer ${names.join('')}`;
    const [last = ''] = names.slice(-1);
    return `Composer versions ${names.slice(0, -1).join(', ')} and ${last.replace(/^(\S+) and newer$/, 'from $1 on')}`;
}
function nameOf({ since, before }) {
    const first = since?.replace(/\.0$/, '');
    if (before === undefined)
        return first === undefined ? 'of any version' : `${first} and newer`;
    // Before 2.9.0 is 2.8 as people call it.
    const [, line = '', patch = ''] = /^2\.(\d+)\.(\d+)$/.exec(before) ?? [];
    const last = patch === '0' ? `2.${Number(line) - 1}` : before;
    if (first === last)
        return first;
    return `${first ?? ''} ${patch === '0' ? 'up to' : 'before'} ${last}`.trimStart();
}

;// CONCATENATED MODULE: ./lib/composer/installed/version-rules.js

/**
 * The first version of Composer in which each rule holds. Nowhere else in the code does a version of Composer decide.
 * Sources: Composer's CHANGELOG.md, and facts seen with the versions on either side.
 */
const SINCE = {
    /** `update` audits what it has installed. */
    auditsAfterUpdate: '2.4.0',
    /** A `COMPOSER_AUTH` that is no JSON stops every command; before, Composer said so and went on. */
    stopsAtMalformedVariable: '2.5.0',
    /** `COMPOSER_AUTH` beats auth.json; before, a project's auth.json had the last word. */
    environmentLast: '2.7.8',
    /** An https request no longer takes the proxy of `http_proxy`. */
    leavesHttpProxyForHttp: '2.8.0',
    /** `custom-headers` and `client-certificate` are sections of auth.json. */
    knowsHeaders: '2.9.0',
    /** Versions with security advisories are left out of what is resolved. */
    blocksAdvisories: '2.9.0',
    /** A conflict around the `content-hash` of composer.lock alone is put right in memory. */
    repairsContentHash: '2.9.0',
    /** packages.json is read for `install` with a lock too. */
    readsRootOnInstall: '2.10.0',
    /** `policy` among the settings: what is blocked, when, and what may be unreachable. */
    knowsPolicy: '2.10.0',
    /** Lists that `policy` names by itself can block on `install` too. */
    customListsOnInstall: '2.11.0',
    /** `install` refuses a lock whose `content-hash` had to be put right. */
    refusesRepairedContentHash: '2.11.0',
    /** `policy.cooldown` leaves new versions out, and wants to know when each was published. */
    knowsCooldown: '2.11.0',
    /** An archive that fails is followed by the package's source only where `source-fallback` is on; before, always. */
    asksBeforeSource: '2.10.0',
    /** And no more at all. */
    leavesSource: '2.11.0',
    /** `custom-headers` of several places are merged by host; before, the last place's were all. */
    mergesHeaders: '2.11.0',
    /** The headers of a repository's `options` are sent for its archives also where the lock does not hold them. */
    restoresHeaders: '2.11.0',
    /** The job token of GitLab goes into a header of its own at a host of `gitlab-domains`. */
    sendsJobToken: '2.11.0',
    /** 429 and 5xx are asked again after the time of `Retry-After`, up to a minute. */
    waitsForRetryAfter: '2.11.0',
    /** An archive is looked at before it is taken, so that a mirror is asked where it is none. */
    looksIntoArchives: '2.11.0',
};
/** Whether a rule holds in a version of Composer (`2.9.8`). */
function holds(rule, version) {
    return isSince(version, SINCE[rule]);
}
/** The same of the installed Composer; undefined where its version is not known. */
function holdsIn(version, rule) {
    return version === undefined ? undefined : holds(rule, version);
}
/** The first version of this generation, and each that changes something, oldest first. */
const CHANGES = [...new Set(['2.0.0', ...Object.values(SINCE)])].toSorted(inOrder);
/** The newest version that differs from others. */
const NEWEST = CHANGES.at(-1) ?? '';
/** The versions of which something is true that depends on these rules alone. */
function versionsWhere(isTrue) {
    return rangesWhere(CHANGES, isTrue);
}
function inOrder(one, other) {
    return isSince(one, other) ? 1 : -1;
}
/** A version of each kind that reads credentials in its own way, newest first. */
const TELLING_VERSIONS = [
    SINCE.sendsJobToken,
    SINCE.readsRootOnInstall,
    SINCE.knowsHeaders,
    SINCE.environmentLast,
    '2.2.0',
];

;// CONCATENATED MODULE: ./lib/composer/effective-credentials.js





/**
 * The credentials that Composer holds, per origin, from all places it reads. An entry is replaced whole by a later place;
 * of `custom-headers` the whole section is before 2.11.
 *
 * Source of the rule: `Config::merge`, `Factory::createConfig`, `Factory::createComposer`.
 */
function effectiveCredentials(sources, version) {
    const environment = sources.filter(({ place }) => place === 'environment');
    // Since 2.7.8 `COMPOSER_AUTH` is read once more at the end.
    const ordered = holds('environmentLast', version) ? [...sources, ...environment] : sources;
    const gitLabs = gitLabOrigins(sources);
    const effective = new Map();
    for (const [name, section] of AUTH_SECTIONS) {
        if (section.sent === 'unasked' || (section.since !== undefined && !holds(section.since, version)))
            continue;
        for (const { origin, entry, from } of entriesOfSection(name, ordered, version)) {
            const held = heldAs(name, section, entry, gitLabs.get(origin), version);
            if (held !== undefined)
                effective.set(origin, { ...held, from });
        }
    }
    return effective;
}
/** The place of whose headers Composer knows alone, since the last one replaces the others; undefined where they are merged. */
function onlyPlaceOfHeaders(sources, version) {
    if (holds('mergesHeaders', version))
        return undefined;
    return sources.findLast(({ config }) => json_isJsonObject(config['custom-headers']));
}
/** The entries of a section in all places that have it. */
function* entriesOfSection(section, sources, version) {
    const naming = sources.filter(({ config }) => json_isJsonObject(config[section]));
    const only = section === 'custom-headers' ? onlyPlaceOfHeaders(sources, version) : undefined;
    for (const source of only === undefined ? naming : [only]) {
        const entries = source.config[section];
        for (const [origin, entry] of Object.entries(json_isJsonObject(entries) ? entries : {})) {
            const position = () => positionInSource(source, [section, origin]);
            const from = { by: source.place, name: source.name, section, position };
            yield { origin, entry, from };
        }
    }
}
/** What an entry comes to where it is sent; undefined for one that Composer passes over. */
function heldAs(name, { sent, pairIn, fits }, entry, gitLab, version) {
    if (sent === 'headers')
        return sentOrOther(fits(entry) ? headersInstead(textsIn(entry)) : undefined);
    if (sent !== 'pair')
        return { kind: 'other' };
    const pair = pairIn(entry);
    if (pair === undefined)
        return undefined;
    if (gitLab === undefined)
        return { kind: 'sent', credentials: pair };
    // Refused, Composer tries the token of a GitLab after all: what it will get with that cannot be known.
    const mayChange = gitLab === 'with-token' && !name.startsWith('gitlab-');
    return sentOrOther(mayChange ? undefined : sentToGitLab(pair, version));
}
function textsIn(entry) {
    return Array.isArray(entry) ? entry.filter((item) => typeof item === 'string') : [];
}
function sentOrOther(credentials) {
    return credentials === undefined ? { kind: 'other' } : { kind: 'sent', credentials };
}
/** Whether Composer does the same with both: sends the same, or something that this action knows nothing of. */
function isSame(a, b) {
    if (a?.kind !== 'sent' || b?.kind !== 'sent')
        return a?.kind === b?.kind;
    return isSamePair(a.credentials, b.credentials);
}
/** Whether two come to the same request. */
function isSamePair(a, b) {
    return a.username === b.username && a.password === b.password && a.headers?.join('\n') === b.headers?.join('\n');
}
/** Credentials inside a URL, which beat every other for its origin. Source of the rule: `HttpDownloader::addJob`. */
function credentialsInUrl(url) {
    const match = /^https?:\/\/([^:/?#]+):([^@/?#]+)@/i.exec(url);
    return match === null ? undefined : { username: decoded(match[1] ?? ''), password: decoded(match[2] ?? '') };
}
/** A URL without the credentials in it, fit to be asked with a header. */
function withoutUserinfo(url) {
    return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
/**
 * What is sent to a GitLab: a pair as to everybody, an OAuth token as a bearer's, a job's token in a header since 2.11;
 * undefined for the tokens that go into a header and are not sent from here.
 *
 * Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`, `promptAuthIfNeeded`.
 */
function sentToGitLab(kept, version) {
    const ofJob = [kept.username, kept.password].includes(JOB);
    if (ofJob && holds('sendsJobToken', version)) {
        return headersInstead([`JOB-TOKEN: ${kept.password === JOB ? kept.username : kept.password}`]);
    }
    if (kept.password === 'oauth2')
        return { ...kept, password: 'bearer' };
    return kept.password === 'private-token' || kept.password === JOB ? undefined : kept;
}
/** The user of a job, or what stands in the place of its token's password. */
const JOB = 'gitlab-ci-token';
/** The origins that Composer takes for GitLabs. Source: `Config::merge`, `IO/BaseIO.php::loadConfiguration`. */
function gitLabOrigins(sources) {
    const domains = sources.flatMap(({ config }) => {
        const listed = config['gitlab-domains'];
        return Array.isArray(listed) ? listed : [];
    });
    const named = ['gitlab.com', ...domains, ...originsIn('gitlab-oauth', sources)];
    const withToken = originsIn('gitlab-token', sources);
    return new Map([
        ...named.map((origin) => [origin, 'named']),
        ...withToken.map((origin) => [origin, 'with-token']),
    ]);
}
function originsIn(section, sources) {
    return sources.flatMap(({ config }) => {
        const entries = config[section];
        return json_isJsonObject(entries) ? Object.keys(entries) : [];
    });
}
/** PHP's `rawurldecode`: a per cent sign that stands for nothing stays. */
function decoded(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

;// CONCATENATED MODULE: ./lib/check/credentials/held-by-version.js




const HEADERS = 'custom-headers';
/**
 * Each way in which versions of Composer read the same places, newest first; ways that differ for none of the origins that
 * matter are one.
 *
 * @param project what is judged
 * @param entries what the step was given
 * @param host the origin of the repository that its keys are for
 */
function heldByEachVersion(sources, project, entries, host) {
    const repositories = project.repositories.filter(({ entry }) => entry.type === 'composer');
    const relevant = [
        host,
        ...entries.flatMap(({ path: [, origin] }) => origin ?? []),
        ...repositories.map(({ entry }) => repositoryOrigin(entry)),
    ];
    return distinct(TELLING_VERSIONS.map((version) => heldBy(version, sources, project)), (way) => {
        const held = withGiven(way, entries);
        return relevant.map((origin) => held.get(origin));
    });
}
/** What one version of Composer holds. */
function heldBy(version, sources, project) {
    const held = effectiveCredentials(sources, version);
    const headersFrom = onlyPlaceOfHeaders(sources, version);
    const way = { version, held, headersFrom };
    // Credentials in a repository's URL count from the moment at which it is asked: a lock may be installed without that.
    if (project.lock !== undefined && !holds('readsRootOnInstall', version))
        return way;
    const opened = new Set();
    for (const { entry } of project.repositories) {
        if (entry.type !== 'composer')
            continue;
        const origin = repositoryOrigin(entry);
        // Of two repositories at one host the first is asked first, and often alone; beside a lock all are asked, one after the other.
        const isLater = project.lock === undefined && opened.has(origin);
        const credentials = isLater ? undefined : credentialsInUrl(entry.url);
        opened.add(origin);
        const from = { by: 'url', name: project.manifest?.path ?? '', section: '', position: () => entry.position };
        if (credentials !== undefined)
            held.set(origin, { kind: 'sent', credentials, from });
    }
    return way;
}
/** What Composer holds, with the step's credentials for hosts of which it holds nothing, as if they stood where it looks. */
function withGiven({ version, held, headersFrom }, entries) {
    // Given headers that are not held stand in a place that was replaced.
    const standing = headersFrom === undefined ? entries : entries.filter(({ path: [section] }) => section !== HEADERS);
    return new Map([...givenBy(standing, version), ...held]);
}
/** Of ways that come to the same the newest. */
function distinct(ways, relevant) {
    const kept = [];
    for (const way of ways) {
        const own = relevant(way);
        const known = kept.some(({ held }) => held.every((one, index) => isSame(one, own[index])));
        if (!known)
            kept.push({ way, held: own });
    }
    return kept.map(({ way }) => way);
}
/** What Composer would hold if nothing but what the step was given stood where it looks. */
function givenBy(entries, version) {
    const sections = grouped(entries, ({ path: [section] }) => section);
    const config = Object.fromEntries([...sections].map(([section, all]) => {
        const setting = all.findLast(({ path }) => path.length === 1);
        const origins = all.flatMap(({ path: [, origin], value }) => (origin === undefined ? [] : [[origin, value]]));
        return [section, setting === undefined ? Object.fromEntries(origins) : setting.value];
    }));
    const source = { place: 'environment', name: '', config, text: '', invalid: undefined };
    return effectiveCredentials([source], version);
}

;// CONCATENATED MODULE: ./lib/problems/problem.js
/** The facts of a finding in which no server and no package has a part. */
const NO_SERVER = { host: undefined, status: undefined, packages: [] };
/** For codes that credentials never, or always, decide. */
const never = () => false;
const always = () => true;

;// CONCATENATED MODULE: ./lib/check/credentials/invalid-auth-files.js



/** Files and variables that Composer reads and does not accept, apart from those of which a finding speaks already. */
async function invalidAuthFiles(sources, known, version) {
    const reported = known.flatMap((finding) => (finding.code === 'auth-file-invalid' ? [finding.source] : []));
    const findings = [];
    for (const source of sources) {
        const { name, invalid } = source;
        if (invalid === undefined || reported.includes(name))
            continue;
        findings.push(invalidAuthFile(name, invalid, await effectOn(source, invalid.fault.reason, version)));
    }
    return findings;
}
/** A file or variable that Composer does not accept. */
function invalidAuthFile(source, { fault, position }, effect) {
    // A variable is no file.
    const place = (0,external_node_path_.isAbsolute)(source) ? { path: source, position } : undefined;
    return { ...NO_SERVER, code: 'auth-file-invalid', source, fault, position, effect, place };
}
/**
 * What Composer does there. It passes over a bare value with a warning, and over a file that PHP cannot decode; of a
 * variable that is no JSON versions before 2.5.0 only said so.
 *
 * Source of the rule: `Factory::createConfig`, `Json/JsonFile.php::read`; the rest was seen with Composer 2.5.5.
 */
async function effectOn({ place, text }, reason, version) {
    switch (reason) {
        case 'not-an-object':
            // `null` is what PHP has for what it cannot decode.
            return place === 'environment' && text.trim() === 'null' ? effectOfMalformed(await version()) : 'passed-over';
        case 'list':
        case 'numeric-key':
        case 'section':
        case 'entry':
            return 'stops';
        case 'not-decodable':
            return place === 'environment' ? effectOfMalformed(await version()) : 'passed-over';
        default:
            return place === 'environment' ? effectOfMalformed(await version()) : 'stops';
    }
}
/** Of a variable that is no JSON. */
function effectOfMalformed(version) {
    const stops = holdsIn(version, 'stopsAtMalformedVariable');
    if (stops === undefined)
        return 'stops-by-version';
    return stops ? 'stops' : 'passed-over';
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./lib/composer/proxy.js

const HTTP_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'cgi_http_proxy', 'CGI_HTTP_PROXY'];
const HTTPS_VARIABLES = ['https_proxy', 'HTTPS_PROXY'];
/**
 * The proxy that Composer uses for a URL.
 *
 * @param httpsFallsBack whether `https` URLs go through `http_proxy` when `https_proxy` is not set: so until Composer
 *   2.7, no longer since 2.8.0.
 *
 * Source of the rule: `Util/Http/ProxyManager.php`, `ProxyItem.php` (before 2.8 `ProxyHelper.php`).
 */
function proxyFor(url, env, httpsFallsBack) {
    const http = firstSet(env, HTTP_VARIABLES);
    const ownHttps = firstSet(env, HTTPS_VARIABLES);
    // Composer reads every variable at its start, so a malformed one stops requests of either scheme.
    for (const variable of [http, ownHttps]) {
        const choice = variable === undefined ? undefined : parseProxy(variable);
        if (choice?.kind === 'malformed')
            return choice;
    }
    const chosen = url.protocol === 'https:' ? (ownHttps ?? (httpsFallsBack ? http : undefined)) : http;
    if (chosen === undefined)
        return { kind: 'direct' };
    if (excludedByNoProxy(url, firstSet(env, ['no_proxy', 'NO_PROXY'])?.value))
        return { kind: 'direct' };
    return parseProxy(chosen);
}
/** Whether the answer of `proxyFor` depends on the version of the installed Composer. */
function proxyDependsOnVersion(url, env) {
    return url.protocol === 'https:' && proxyFor(url, env, true).kind !== proxyFor(url, env, false).kind;
}
/** The passwords in proxy variables, decoded and as they stand, so that they can be masked. */
function proxySecrets(env) {
    return [...HTTP_VARIABLES, ...HTTPS_VARIABLES].flatMap((name) => {
        const password = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*?:([^/?#]*)@/i.exec(env[name] ?? '')?.[1];
        return password === undefined ? [] : [password, proxy_decoded(password).toString()];
    });
}
function parseProxy({ name, value }) {
    // Line breaks and tabs, which `URL` drops without a word, are refused since Composer 2.8.
    const schemeless = !/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(value);
    // PHP's `parse_url` takes a lone name for a path, and `user:` for a scheme: without a scheme only `host:port` is read.
    if (/[\r\n\t]/.test(value) || (schemeless && !/^[^:/?#@]+:\d+(?:[/?#]|$)/.test(value))) {
        return { kind: 'malformed', variable: name };
    }
    const url = parsedUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, '')}`);
    if (url === undefined || url.hostname === '' || url.port === '0')
        return { kind: 'malformed', variable: name };
    const { protocol } = url;
    if (protocol !== 'http:' && protocol !== 'https:') {
        return { kind: url.port === '' ? 'malformed' : 'unsupported', variable: name };
    }
    const port = portOf(url);
    const hasUser = url.username !== '' || url.password !== '';
    return {
        kind: 'proxy',
        proxy: {
            protocol,
            host: url.hostname.replace(/^\[|\]$/g, ''),
            port,
            // With an empty password as well there is a colon: curl sends one, and Basic credentials need it.
            authorization: hasUser
                ? `Basic ${Buffer.concat([proxy_decoded(url.username), Buffer.from(':'), proxy_decoded(url.password)]).toString('base64')}`
                : undefined,
            shown: `${protocol}//${url.hostname}:${port}`,
        },
    };
}
/** The port of a URL, also where it is its scheme's own. */
function portOf({ port, protocol }) {
    if (port !== '')
        return Number(port);
    return protocol === 'https:' ? 443 : 80;
}
/** Whether no_proxy takes a URL out. Source of the rule: `Util/NoProxyPattern.php`. */
function excludedByNoProxy(url, pattern) {
    if (pattern === undefined)
        return false;
    const rules = pattern.split(/[\s,]+/).filter((rule) => rule !== '');
    if (rules.length === 0 || rules[0] === '*')
        return true;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = portOf(url);
    return rules.some((rule) => ruleMatches(rule, host, port));
}
function ruleMatches(rule, host, port) {
    const parts = hostAndPort(rule);
    if (parts === undefined)
        return false;
    if (parts.host.includes('/')) {
        const [address = '', prefix = ''] = parts.host.split('/');
        const family = (0,external_node_net_namespaceObject.isIP)(address);
        if (family === 0 || !isWholeNumber(prefix, 0, family === 4 ? 32 : 128))
            return false;
        const range = new external_node_net_namespaceObject.BlockList();
        range.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
        // A range says nothing of ports: Composer returns from here without looking at one.
        return inList(range, host);
    }
    if (parts.port !== undefined && parts.port !== port)
        return false;
    const family = (0,external_node_net_namespaceObject.isIP)(parts.host);
    if (family !== 0) {
        const single = new external_node_net_namespaceObject.BlockList();
        single.addAddress(parts.host, family === 4 ? 'ipv4' : 'ipv6');
        return inList(single, host);
    }
    return `.${host.replace(/^\.+/, '')}`.toLowerCase().endsWith(`.${parts.host.replace(/^\.+/, '')}`.toLowerCase());
}
/** Parts a rule as Composer does; undefined when it is malformed and so matches nothing. */
function hostAndPort(rule) {
    const bracketed = /^\[([^\]]{2,})\]([^[\]]*)$/.exec(rule);
    if (rule.startsWith('[') && bracketed === null)
        return undefined;
    const address = bracketed?.[1] ?? '';
    const rest = bracketed?.[2] ?? rule;
    const [before = '', port, ...further] = rest.split(':');
    if (bracketed !== null && further.length > 0)
        return undefined;
    // A single colon parts host and port; more of them are an IPv6 address without brackets.
    if (port === undefined || further.length > 0)
        return { host: address + rest, port: undefined };
    return isWholeNumber(port, 1, 65_535) ? { host: address + before, port: Number(port) } : undefined;
}
/** PHP's FILTER_VALIDATE_INT: no leading zeros. */
function isWholeNumber(text, least, most) {
    return /^(?:0|[+-]?[1-9]\d*)$/.test(text) && Number(text) >= least && Number(text) <= most;
}
function inList(list, host) {
    const family = (0,external_node_net_namespaceObject.isIP)(host);
    return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
function firstSet(env, names) {
    const name = names.find((candidate) => (env[candidate] ?? '') !== '');
    return name === undefined ? undefined : { name, value: env[name] ?? '' };
}
function parsedUrl(text) {
    return URL.canParse(text) ? new URL(text) : undefined;
}
/** As PHP's `rawurldecode`: byte by byte, and what is no escape stays as it is. */
function proxy_decoded(text) {
    const parts = text.split(/(%[0-9a-f]{2})/i);
    return Buffer.concat(parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))));
}

;// CONCATENATED MODULE: ./lib/composer/shown-url.js
/**
 * A URL fit to be shown, and the only form in which one is: without user information, query and fragment, of which the
 * first two often hold a token. Also what is no URL in the strict sense comes out clean, since composer.json may name a
 * repository without a scheme, with slashes too many, or with a password in which `/`, `#` or `?` was not encoded.
 */
function shownUrl(written) {
    const { start, host, behind } = partsOf(written);
    const end = behind.search(/[?#]/);
    if (end === -1)
        return `${start}${host}${behind}`;
    // That there was a query is worth knowing: it is part of what is asked for.
    const query = /^\?[^#]/.test(behind.slice(end)) ? '?…' : '';
    return `${start}${host}${behind.slice(0, end)}${query}`;
}
/** What in a URL nobody may see, spelt as it stands and decoded: user information and the values of its query. */
function secretsInUrl(written) {
    const { user, behind } = partsOf(written);
    const [name = '', ...password] = user.split(':');
    const query = /\?([^#]*)/.exec(behind)?.[1] ?? '';
    const values = query.split(/[&;]/).map((part) => part.slice(part.indexOf('=') + 1));
    const found = [name.length < SHORTEST_TOKEN ? '' : name, password.join(':'), ...values];
    return [...new Set(found.flatMap((text) => [text, shown_url_decoded(text)]))].filter((text) => text !== '');
}
/** What stands before a colon or an @ is mostly a name such as `git`; what is longer may be a token. Characters. */
const SHORTEST_TOKEN = 16;
/** Parts a URL, and lets all that may be user information be some. */
function partsOf(written) {
    const text = written.trim().replaceAll('\\', '/');
    const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/+|\/\/+)?(.*)$/is.exec(text) ?? [];
    const start = scheme.replace(/\/+$/, '//');
    const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
    const behind = rest.slice(authority.length);
    const [user, host] = atLast(authority);
    // An @ there begins a segment, as in `/@scope/name`, or ends a password that was not encoded.
    const [before, after] = atLast(behind);
    if (!/[^/]@/.test(behind) || (user === '' && !`${host}${before}`.includes(':')))
        return { start, user, host, behind };
    const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*):?(.*)$/s.exec(host) ?? [];
    // Of `user:pass/word@host` the authority seems to be `user:pass`; of `host:80/a@b` it cannot be told.
    return /^\d*$/.test(port)
        ? { start, user: `${authority}${before}`, host: name, behind: '/…' }
        : { start, user: `${authority}${before}`, host: '', behind: after };
}
/** A text before and behind its last @. */
function atLast(text) {
    const at = text.lastIndexOf('@');
    return [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
}
/** Percent escapes undone, where they are whole. */
function shown_url_decoded(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

;// CONCATENATED MODULE: ./lib/composer/auth-schema.js



/**
 * The first place at which a document is not what Composer's schema allows, or at which it holds credentials that
 * Composer would pass over in silence. Other settings than credentials are let through, as Composer lets them.
 *
 * Source of the rule: composer-schema.json, `properties.config`; `Factory::validateJsonSchema`.
 */
function schemaViolation({ text, data }) {
    for (const [key, value] of Object.entries(data)) {
        const violation = isCredentialSection(key) ? sectionViolation(text, key, value) : settingViolation(text, key, value);
        if (violation !== undefined)
            return violation;
    }
    return undefined;
}
function sectionViolation(text, section, value) {
    if (Array.isArray(value) && value.length === 0)
        return undefined;
    if (!json_isJsonObject(value))
        return { kind: 'section', section, position: positionOf(text, [section]) };
    const wrong = Object.entries(value).find(([, entry]) => AUTH_SECTIONS.get(section)?.fits(entry) === false);
    return wrong && { kind: 'entry', section, position: positionOf(text, [section, wrong[0]]) };
}
function settingViolation(text, key, value) {
    const isWrapper = key === 'config' && json_isJsonObject(value);
    if (!isWrapper && !looksLikeCredentials(key, value))
        return undefined;
    return { kind: isWrapper ? 'wrapped' : 'no-section', section: undefined, position: positionOf(text, [key]) };
}
/** A host in the place of a section, or a section's name misspelt: `repo.magento.com`, `httpbasic`, `http_basic`. */
function looksLikeCredentials(key, value) {
    const letters = (text) => text.toLowerCase().replace(/[^a-z]/g, '');
    if ([...AUTH_SECTIONS.keys()].some((section) => letters(section) === letters(key)))
        return true;
    return json_isJsonObject(value) && ('password' in value || 'token' in value || holdsPairs(value));
}
function holdsPairs(value) {
    return Object.values(value).some((item) => json_isJsonObject(item) && 'password' in item);
}

;// CONCATENATED MODULE: ./lib/inputs/key-shapes.js


/** Adobe promises this length for both halves, and nothing of the alphabet. Characters. */
const KEY_LENGTH = 32;
/** White space, control characters, and characters that nobody sees. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u;
const NAMES = {
    '\n': 'a line break',
    '\r': 'a line break',
    '\u2028': 'a line break',
    '\u2029': 'a line break',
    '\t': 'a tab',
    ' ': 'a space',
    '\u00A0': 'a no-break space (U+00A0)',
    '\uFEFF': 'a byte order mark (U+FEFF)',
    '\u200B': 'a zero-width space (U+200B)',
    '\u200C': 'a zero-width non-joiner (U+200C)',
    '\u200D': 'a zero-width joiner (U+200D)',
    '\u2060': 'a word joiner (U+2060)',
};
/** Cuts off what surrounds a key: a secret that was piped into a file often ends with a line break. */
function givenKey(raw) {
    const characters = [...raw];
    const start = characters.findIndex((character) => !BLANK.test(character));
    if (start === -1)
        return { value: '', cutOff: namesOf(characters) };
    const end = characters.findLastIndex((character) => !BLANK.test(character)) + 1;
    return {
        value: characters.slice(start, end).join(''),
        cutOff: namesOf([...characters.slice(0, start), ...characters.slice(end)]),
    };
}
/** Names of blank characters, each once. A name tells the code point where people may not know the character. */
function namesOf(characters) {
    const names = characters.map((character) => {
        const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        return NAMES[character] ?? `${kindOf(character)} (U+${code})`;
    });
    return [...new Set(names)].slice(0, MOST_NAMES);
}
function kindOf(character) {
    if (/\s/.test(character))
        return 'an unusual space';
    return /\p{Cc}/u.test(character) ? 'a control character' : 'an invisible character';
}
/** A binary file in the place of a key has hundreds. */
const MOST_NAMES = 4;
/** Whether a key is not there at all: empty, or the lone dollar sign that `$${{ … }}` leaves of an empty secret. */
function isMissing(value) {
    return value === '' || value === '$';
}
/**
 * What gives a pair away as something else than access keys, before anybody is asked; at most one finding per input.
 *
 * @param host the origin that the keys are for: other vendors' keys have other lengths
 */
function malformedKeys({ username, password }, host) {
    if (username === password)
        return [finding('both', 'equal-halves', username, host)];
    const inputs = [
        ['public-key', username],
        ['private-key', password],
    ];
    const found = inputs.flatMap(([input, value]) => {
        const shape = shapeOf(input, value, host);
        return shape === undefined ? [] : [finding(input, shape, value, host)];
    });
    // Beside a half that is plainly something else, a wrong length is no news: the pair has to be another.
    const telling = found.filter(({ shape }) => shape !== 'length');
    return telling.length === 0 ? found : telling;
}
/** What people save in the place of a key, the surest sign first. */
const SHAPES = [
    ['pem', /^-----BEGIN /],
    // Evaluated nowhere: braces, or the inside of an expression without them.
    ['expression', /\$\{\{|^\{\{[^"]*\}\}$|^(?:secrets|vars|env|inputs)\.[\w-]+$/],
    ['variable', /^\$(?:\{\w+\}|\(.*\)|env:\w+|(?![0-9A-F]{32}$)[A-Z_][A-Z0-9_]*)$|^%\w+%$/],
    ['dollar', /^\$/],
    ['masked', /^[*•●·∙.#_-]{3,}$|^x{6,}$/i],
    ['placeholder', /^(?:<[^<>]*>|\[[\w .-]+\]|\{[\w .-]+\})$/],
    ['json', /^[{[]|"http-basic"|"repo\.magento\.com"/],
    ['quotes', /^["'`´\u2018-\u201F\u2039\u00AB\u2032\u2033]|["'`´\u2018-\u201F\u203A\u00BB\u2032\u2033]$/],
    ['url', /^[a-z][a-z0-9+.-]*:\/\//i],
    ['labelled', /^[\w .-]*(?:key|user(?:[ _-]?name)?|password|token)\s*[:=]\s*\S/i],
    [
        'placeholder',
        /^your[-_ ]|(?:public|private)[-_ ]key|^MAGENTO_|^(?:change|replace|insert|fix)[-_ ]?(?:me|here|your)/i,
    ],
    ['placeholder', /^(?:todo|tbd|dummy|placeholder|example|null|undefined|none|n\/a)$/i],
];
function shapeOf(input, value, host) {
    const shape = SHAPES.find(([, pattern]) => pattern.test(value))?.[0];
    if (shape !== undefined)
        return shape;
    if (input === 'public-key' && /^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$/.test(value))
        return 'email';
    if (/^MAG\d{6,}(?:$|:)/i.test(value))
        return 'mage-id';
    if (BLANK.test(value))
        return 'inner-white-space';
    if (/^[0-9a-f]{40}$/i.test(value))
        return 'download-token';
    if (/^[0-9a-f]{32}:[0-9a-f]{32}$/i.test(value))
        return 'pair';
    return host === ADOBE_HOST && [...value].length !== KEY_LENGTH ? 'length' : undefined;
}
/** What was cut off around a key, worth a notice: other tools that read the same secret do not cut it off. */
function trimmedKeys(publicKey, privateKey, host) {
    const given = [
        ['public-key', publicKey],
        ['private-key', privateKey],
    ];
    return given
        .filter(([, key]) => key.cutOff.length > 0)
        .map(([input, { value, cutOff }]) => ({
        ...finding(input, 'surrounding-white-space', value, host),
        characters: cutOff,
    }));
}
function finding(input, shape, value, host) {
    const characters = [...value];
    const blank = shape === 'inner-white-space' ? namesOf(characters.filter((character) => BLANK.test(character))) : [];
    return {
        ...NO_SERVER,
        code: 'keys-malformed',
        input,
        inComposerAuth: false,
        shape,
        length: characters.length,
        characters: blank,
        host,
        source: undefined,
        rejectedAt: undefined,
        place: undefined,
    };
}

;// CONCATENATED MODULE: ./lib/runner/masks.js







/**
 * Has the runner mask the keys, before anything else is read or printed: as they were handed over, since other steps use
 * the same secrets, and as they are used here, with what surrounds them cut off.
 *
 * A JSON document in the place of a key is masked leaf by leaf, and other values line by line: the runner masks every
 * line of what it is given, and a line `{` would blot out the whole log.
 */
function maskGivenKeys(publicKey, privateKey) {
    const cut = { username: givenKey(publicKey).value, password: givenKey(privateKey).value };
    // A word with white space around it stays a word.
    const raw = { username: publicKey, password: cut.password.length < SHORTEST_MASK ? cut.password : privateKey };
    maskAll([cut, raw].flatMap(masksOfPair));
}
/**
 * Has the runner mask the credentials for downloads in the forms in which it masks keys, and the MAGEID as well. Either input
 * may hold both halves, joined by a colon or in a URL.
 */
function maskDownloadCredentials(mageId, token) {
    maskGivenKeys(mageId, token);
    const pieces = [mageId, token].flatMap((raw) => raw.includes('://') ? secretsInUrl(raw) : masks_textsIn(raw).flatMap((text) => [text, ...text.split(':')]));
    maskAll(masksForValues(pieces));
}
/**
 * Has the runner mask what is secret in the input `composer-auth`: of a document that Composer would accept what each
 * section keeps secret, of any other every text in it, since nobody knows which is what.
 */
function maskComposerAuth(raw) {
    const read = readAuthJson(Buffer.from(raw.trimEnd()));
    if (read.kind === 'auth-json' && schemaViolation(read) === undefined)
        maskAll(auth_json_entriesOf(read).flatMap(masksForEntry));
    else
        maskAll([
            ...masks_textsIn(raw),
            ...masks_textsIn(raw
                .trim()
                .replace(/^["']|["']$/g, '')
                .replaceAll('\\"', '"')),
        ]);
}
function masksOfPair({ username, password }) {
    // No form of a document as a whole: what is secret in it are its leaves.
    const document = isJson(password);
    return [
        ...masksFor({ username, password: document ? '' : password }).flatMap(masks_textsIn),
        ...(document ? masks_textsIn(password) : []),
        // A secret in the place of the public key is one all the same.
        ...(isJson(username) ? masks_textsIn(username) : []),
    ];
}
/** What the runner was told already: it need not be told twice. */
const told = new Set();
/** Has the runner mask what Composer holds: somebody else may have written it, and anything may stand in it. */
function maskSecrets({ pairs, values }) {
    maskAll([...pairs.flatMap(masksOfPair), ...masksForValues(values)]);
}
/** Has the runner mask further secrets, such as a proxy's password. Of several lines it would mask each, however short. */
function maskAll(values) {
    for (const value of values.flatMap((text) => (/[\r\n]/.test(text) ? lines(text) : text))) {
        if (value.length < SHORTEST_MASK || told.has(value))
            continue;
        told.add(value);
        core_setSecret(value);
    }
}
/** What may be secret in a value: of a JSON document, sound or not, its texts; of all else its lines. */
function masks_textsIn(value) {
    const { value: cut } = givenKey(value);
    const parsed = isJson(cut) ? json_parseJson(Buffer.from(cut)) : undefined;
    if (parsed?.kind === 'json')
        return leaves(parsed.value).flatMap(lines);
    // A document with a defect: every text that is not the name of something. The last one may have lost its end.
    const texts = parsed === undefined ? [] : [...cut.matchAll(/"([^"\r\n]*)"?(\s*:)?/g)];
    const values = texts.filter(([, , colon]) => colon === undefined).map(([, text]) => text ?? '');
    return values.length > 0 ? values.flatMap(lines) : lines(value);
}
/** Each line, with what surrounds it and without. A line that is a mere word is no longer one with white space around it. */
function lines(value) {
    return value.split(/[\r\n]+/).flatMap((line) => {
        const { value: cut } = givenKey(line);
        return cut.length < SHORTEST_MASK ? [] : [cut, line];
    });
}
function isJson(value) {
    return /^[{[]/.test(givenKey(value).value);
}
function leaves(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(leaves);
    return json_isJsonObject(value) ? Object.values(value).flatMap(leaves) : [];
}

;// CONCATENATED MODULE: ./lib/check/credentials/secrets-of-run.js










/** Gathers what is secret: all that Composer reads credentials from, in every section, and the project's URLs. */
function secretsOfRun({ inputs, entries, sources, project, environment }) {
    const { env } = environment;
    const given = {
        pairs: inputs,
        values: [
            ...inputs.flatMap(({ username, password }) => [...masks_textsIn(username), ...masks_textsIn(password)]),
            ...proxySecrets(env),
        ].filter(isLong),
    };
    const trusted = sources.filter((source) => !isInCheckout(source, environment));
    const masked = together([given, secretsOfEntries(entries), ...trusted.map(secretsOfSource)]);
    const others = sources.filter((source) => !trusted.includes(source)).map(secretsOfSource);
    return { all: together([masked, ...others, secretsOfUrls(project)]), masked };
}
/** Whether a place came with the checkout, or may have. `COMPOSER_AUTH` is set by the workflow or a step. */
function isInCheckout({ place, name }, { env, cwd }) {
    switch (place) {
        case 'environment':
            return false;
        case 'manifest':
        case 'project-auth':
            return true;
        case 'home-config':
        case 'home-auth':
            // Composer's home can lie in the work tree, as that of Magento's own commands does.
            return [env.GITHUB_WORKSPACE || cwd, cwd].some((folder) => [name, realOrSame(name)].some((path) => isInside(path, folder) || isInside(path, realOrSame(folder))));
    }
}
function isInside(path, folder) {
    const way = (0,external_node_path_.relative)(folder, path);
    return way !== '..' && !/^\.\.[\\/]/.test(way) && !(0,external_node_path_.isAbsolute)(way);
}
function realOrSame(path) {
    try {
        return (0,external_node_fs_.realpathSync)(path);
    }
    catch {
        return path;
    }
}
/** Also of a source that Composer does not accept. Where it is no JSON, nobody knows which of its texts is what. */
function secretsOfSource({ place, config, text, invalid }) {
    if (invalid === undefined)
        return secretsOfSettings(config, text);
    const parsed = json_parseJson(Buffer.from(text));
    if (parsed.kind === 'json' && json_isJsonObject(parsed.value)) {
        const inFile = place === 'manifest' || place === 'home-config' ? parsed.value.config : parsed.value;
        return secretsOfSettings(json_isJsonObject(inFile) ? inFile : {}, text);
    }
    return { pairs: [], values: masks_textsIn(text).filter(isLong) };
}
function secretsOfSettings(data, text) {
    return secretsOfEntries(auth_json_entriesOf({ kind: 'auth-json', text, data }));
}
function secretsOfEntries(entries) {
    const kept = entries.map((entry) => ({ entry, pair: AUTH_SECTIONS.get(entry.path[0])?.pairIn(entry.value) }));
    // In the place of a pair's password a word may stand, which says that the user name is a token.
    const others = kept.filter(({ entry, pair }) => entry.path[0] !== 'http-basic' || pair === undefined);
    return { pairs: kept.flatMap(({ pair }) => pair ?? []), values: others.flatMap(({ entry }) => secretsOf(entry)) };
}
/** Credentials and tokens in the URLs of repositories and archives. */
function secretsOfUrls({ repositories, lock }) {
    const urls = [
        ...repositories.map(({ entry }) => entry.url),
        ...(lock?.packages.flatMap(({ dist }) => (dist === undefined ? [] : [dist.url, ...dist.mirrors.map(urlOf)])) ?? []),
    ].filter((url) => /[@?]/.test(url));
    return {
        pairs: urls.flatMap((url) => credentialsInUrl(url) ?? []),
        values: [...new Set(urls.flatMap(secretsInUrl))],
    };
}
function urlOf({ url }) {
    return url;
}
function isLong({ length }) {
    return length >= SHORTEST_MASK;
}
function together(all) {
    const pairs = new Map(all.flatMap((one) => one.pairs.map((pair) => [`${pair.username}\0${pair.password}`, pair])));
    return { pairs: [...pairs.values()], values: [...new Set(all.flatMap(({ values }) => values))] };
}

;// CONCATENATED MODULE: ./lib/check/credentials/source-of-credentials.js


/**
 * Where the credentials come from that are sent to a host.
 *
 * @param keysFrom which inputs the keys of this step come from
 * @param host the origin of the repository that those are for
 */
function sourceOfCredentials(entries, { version, held }, keysFrom, host) {
    const given = givenBy(entries, version);
    return (origin) => {
        const [own, used] = [given.get(origin), held.get(origin)];
        if (used !== undefined && (own === undefined || !isSame(own, used))) {
            return { from: 'elsewhere', by: used.from.by, name: used.from.name, place: placeOf(used.from) };
        }
        if (own === undefined)
            return { from: 'nowhere' };
        const isKeys = origin === host && keysFrom === 'inputs';
        return { from: isKeys ? 'inputs' : 'composer-auth', source: undefined };
    };
}
/** The line that credentials come from; a variable has none. */
function placeOf({ name, position }) {
    const at = position();
    return at === undefined ? undefined : { path: name, position: at };
}

;// CONCATENATED MODULE: ./lib/check/credentials/unused-credentials.js





/**
 * What a step was given and Composer will not use, since it holds something else for the host. The same credentials in
 * another place are no override.
 */
function overriddenCredentials(entries, { version, held }, installed) {
    return [...givenBy(entries, version)].flatMap(([host, given]) => {
        const used = held.get(host);
        if (used === undefined || isSame(given, used))
            return [];
        const { by, name, section } = used.from;
        return [
            {
                ...NO_SERVER,
                code: 'credentials-overridden',
                host,
                by,
                source: name,
                section,
                sent: used.kind === 'sent',
                installed,
                fails: undefined,
                place: placeOf(used.from),
            },
        ];
    });
}
/**
 * Credentials that the coming command does not read. They stand where it does not look: the project's auth.json is read
 * beside a composer.json alone. Or in a section that only newer versions know, or that another place replaces as a whole. Source: `Factory::createComposer`.
 */
function unreadCredentials(entries, { version, held, headersFrom }) {
    const known = givenBy(entries, version);
    return [...givenBy(entries, TELLING_VERSIONS[0])].flatMap(([host, { from }]) => {
        const tooNew = !known.has(host);
        if (held.has(host) && !tooNew)
            return [];
        const missing = { ...NO_SERVER, code: 'credentials-missing', host, place: undefined };
        if (!tooNew && headersFrom !== undefined && from.section === 'custom-headers') {
            return [{ ...missing, reason: 'replaced-section', section: from.section, source: headersFrom.name }];
        }
        return [
            tooNew ? { ...missing, reason: 'unknown-section', section: from.section } : { ...missing, reason: 'not-read' },
        ];
    });
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./lib/composer/package-name.js
/** Names that Composer looks up nowhere: PHP, its extensions, libraries, Composer itself. Source: `PlatformRepository.php`. */
function isPlatformPackage(name) {
    // Each round of the loop takes one letter or digit, so that there is one way alone to read a name: a pull request may
    // have written it.
    return /^(?:php(?:-64bit|-ipv6|-zts|-debug)?|hhvm|(?:ext|lib)-[a-z0-9](?:[_.-]?[a-z0-9])*|composer(?:-(?:plugin|runtime)-api)?)$/i.test(name);
}
/**
 * Whether a name can be a package's. Composer stops at any other requirement, and writes none into a lock. What is none is
 * passed over: it would bring line breaks and markup of a pull request into what this action says.
 *
 * Source of the rule: `ValidatingArrayLoader::hasPackageNamingError`, less strict.
 */
function isPackageName(name) {
    return name.length <= 255 && /^[a-z0-9](?:[_.-]{0,2}[a-z0-9])*\/[a-z0-9](?:[_.-]{0,2}[a-z0-9])*$/i.test(name);
}

;// CONCATENATED MODULE: ./lib/composer/lock-file.js






/**
 * Reads composer.lock; undefined when there is none, or when Composer would act as if there were none, since it has no
 * `packages`.
 *
 * Source of the rule: `Package/Locker.php::isLocked`.
 */
function readLock(path) {
    const file = readProjectFile(path, MOST_VALUES, withContentHash);
    if (file?.kind !== 'parsed')
        return file;
    if (!Array.isArray(file.data.packages) && !json_isJsonObject(file.data.packages))
        return undefined;
    const section = (key, dev) => {
        const packages = file.data[key];
        if (!Array.isArray(packages))
            return [];
        return packages.flatMap((entry, index) => lockedPackage(entry, dev, () => positionIn(file, key, index)));
    };
    const packages = [...section('packages', false), ...section('packages-dev', true)];
    return { kind: 'lock', path, packages, conflict: file.conflict };
}
/**
 * A lock with a `content-hash` in the place of two that git left in conflict; undefined where it has no such conflict.
 *
 * Source of the rule: `JsonFile::parseJson`.
 */
function withContentHash(text) {
    const repaired = text.replace(CONFLICTING_HASHES, (conflict) => {
        const lines = conflict.split('\n').length - 1;
        // As many lines as before: findings point at what comes behind.
        return `    "content-hash": "",${'\n'.repeat(lines)}`;
    });
    return repaired === text ? undefined : repaired;
}
const CONFLICTING_HASHES = /\r?\n<<<<<<< [^\r\n]+\r?\n\s+"content-hash": *"[0-9a-f]+", *\r?\n(?:\|{7} [^\r\n]+\r?\n\s+"content-hash": *"[0-9a-f]+", *\r?\n)?=======\r?\n\s+"content-hash": *"[0-9a-f]+", *\r?\n>>>>>>> [^\r\n]+\r?\n/;
/** One package of a lock, or of a repository's metadata, which has the same form. */
function lockedPackage(entry, dev, position) {
    if (!json_isJsonObject(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string')
        return [];
    if (!isPackageName(entry.name) || entry.version.length > LONGEST_VERSION || hasControls(entry.version))
        return [];
    const options = entry['transport-options'];
    return [
        {
            name: entry.name.toLowerCase(),
            version: entry.version,
            type: typeof entry.type === 'string' ? entry.type : 'library',
            dev,
            dist: distOf(entry),
            hasSource: json_isJsonObject(entry.source),
            sourceReference: json_isJsonObject(entry.source) ? textOf(entry.source.reference) : '',
            hasOwnCredentials: json_isJsonObject(options) && /authorization|token|key|cookie|local_cert/i.test(JSON.stringify(options)),
            requires: entry.type === 'metapackage' && json_isJsonObject(entry.require) ? Object.keys(entry.require) : [],
            position: position(),
        },
    ];
}
/** The archive that a package's entry names, in a lock or in metadata. */
function distOf(entry) {
    const { dist } = entry;
    if (!json_isJsonObject(dist) || typeof dist.type !== 'string' || typeof dist.url !== 'string')
        return undefined;
    const url = readUrl(dist.url);
    if (url === '')
        return undefined;
    const mirrors = Array.isArray(dist.mirrors) ? dist.mirrors : [];
    return {
        type: dist.type,
        url,
        shasum: textOf(dist.shasum),
        reference: textOf(dist.reference),
        mirrors: mirrors.flatMap((mirror) => json_isJsonObject(mirror) && readUrl(mirror.url) !== ''
            ? [{ url: readUrl(mirror.url), preferred: mirror.preferred === true }]
            : []),
    };
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}
/**
 * The URLs that Composer tries for an archive, in its order: preferred mirrors, the URL itself, other mirrors.
 *
 * @param version the normalized version, which mirrors spell in their URLs
 *
 * Source of the rule: `Package/Package.php::getUrls`, `Util/ComposerMirror.php::processUrl`.
 */
function distUrls(dist, name, version, prettyVersion) {
    const filled = (url) => filledIn(url, dist, name, version, prettyVersion);
    const own = dist.url.includes('%') ? filled(dist.url) : dist.url;
    const preferred = new Set();
    const others = new Set([own]);
    for (const mirror of dist.mirrors) {
        const url = filled(mirror.url);
        if (!preferred.has(url) && !others.has(url))
            (mirror.preferred ? preferred : others).add(url);
    }
    // Each preferred one is put before those that are there.
    return [...[...preferred].reverse(), ...others];
}
function filledIn(url, dist, name, version, prettyVersion) {
    const reference = /^(?:[a-f0-9]*|%reference%)$/.test(dist.reference) ? dist.reference : md5(dist.reference);
    return (url
        // Functions, because a dollar sign in a text that replaces would have a meaning.
        .replaceAll('%package%', () => name)
        .replaceAll('%version%', () => (version.includes('/') ? md5(version) : version))
        .replaceAll('%reference%', () => reference)
        .replaceAll('%type%', () => dist.type)
        .replaceAll('%prettyVersion%', () => prettyVersion));
}
function md5(text) {
    return (0,external_node_crypto_namespaceObject.createHash)('md5').update(text).digest('hex');
}

;// CONCATENATED MODULE: ./lib/check/needs-host.js





/**
 * Whether the coming command needs anything from a host, as far as the project says, without asking anybody: an archive of
 * the lock, a repository of composer.json, or a package named by hand. Without any of them the keys are what is checked.
 */
function needsHost(host, project, command, requested) {
    if (requested.length > 0)
        return true;
    const { lock, manifest } = project;
    if (lock !== undefined) {
        return lock.packages.some((locked) => {
            if (locked.type === 'metapackage' || (locked.dev && !command.dev) || locked.dist === undefined)
                return false;
            const urls = distUrls(locked.dist, locked.name, normalizeVersion(locked.version) ?? locked.version, locked.version);
            const [first = ''] = urls;
            // What is asked with credentials of its own does not need the host's.
            if (locked.hasOwnCredentials || credentialsInUrl(first) !== undefined)
                return false;
            // Nor does what is cloned first.
            if (locked.hasSource && project.installSource.prefersSource(locked.name, locked.version))
                return false;
            return originOf(first) === host && project.alreadyThere(locked, urls) === undefined;
        });
    }
    if (manifest === undefined)
        return true;
    return project.repositories.some(({ entry }) => entry.type === 'composer' &&
        repositoryOrigin(entry) === host &&
        manifest.requirements.some(({ name }) => mayServe(entry, name)));
}

;// CONCATENATED MODULE: ./lib/composer/already-there.js









/** That of the largest shops has some five megabytes. */
const LONGEST_INSTALLED = 32 * 1024 * 1024;
/** What is read of the file cache to compare checksums, all archives together. Bytes. */
const MOST_CACHED = 512 * 1024 * 1024;
/**
 * Tells of a locked package whether Composer already has it: installed in the locked version and at the locked commits,
 * with its folder still there; or its archive in the file cache with the checksum of the lock.
 *
 * @param urls the URLs that Composer would try for the archive
 *
 * Source of the rule: `vendor/composer/installed.json`, `Factory::purgePackages`, `LibraryInstaller::isInstalled`,
 * `Transaction::calculateOperations`; `Downloader/FileDownloader.php::download`, `Cache.php`.
 */
function alreadyThere(environment, home, sources, deadline) {
    const vendor = pathSetting('vendor-dir', environment, sources)?.value ?? (0,external_node_path_.resolve)(environment.cwd, 'vendor');
    const installed = installedPackages((0,external_node_path_.join)(vendor, 'composer'));
    const cacheDir = pathSetting('cache-dir', environment, sources)?.value ?? defaultCacheDir(environment, home);
    const files = pathSetting('cache-files-dir', environment, sources)?.value ?? (cacheDir && (0,external_node_path_.join)(cacheDir, 'files'));
    const archiveIn = files === undefined ? () => undefined : fileCache(files, deadline);
    return (locked, urls) => {
        const present = installed?.get(locked.name);
        if (present !== undefined && already_there_isSame(present, locked) && already_there_isThere(present.path))
            return 'vendor';
        const found = urls.map((url) => archiveIn(locked, url));
        if (found.includes('cache'))
            return 'cache';
        return installed === undefined ? 'perhaps-vendor' : found.find((one) => one !== undefined);
    };
}
/** Undefined where there is a list that is too long to be read. */
function installedPackages(folder) {
    const data = readInstalled((0,external_node_path_.join)(folder, 'installed.json'));
    if (data === undefined)
        return undefined;
    return new Map(data.flatMap((entry) => {
        if (!json_isJsonObject(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string')
            return [];
        const { name, version, dist, source, 'install-path': path } = entry;
        const place = installPath(name, path);
        const own = {
            version,
            distReference: referenceOf(dist),
            sourceReference: referenceOf(source),
            path: place === undefined ? undefined : (0,external_node_path_.resolve)(folder, place),
        };
        return [[name.toLowerCase(), own]];
    }));
}
/** Relative to the list. Composer 1 did not write where it put a package: where it puts all of them. */
function installPath(name, written) {
    if (written === undefined)
        return (0,external_node_path_.join)('..', name);
    return typeof written === 'string' ? written : undefined;
}
/** The list of installed packages, which Composer 1 wrote bare. Source of the rule: `FilesystemRepository::initialize`. */
function readInstalled(path) {
    const file = (0,bounded_file/* readBounded */.CB)(path, LONGEST_INSTALLED);
    if (file.kind === 'too-large' || (file.kind === 'bytes' && hasMoreValues(file.bytes, MOST_VALUES)))
        return undefined;
    const parsed = file.kind === 'bytes' ? json_parseJson(file.bytes) : undefined;
    if (parsed?.kind !== 'json')
        return [];
    const packages = json_isJsonObject(parsed.value) ? parsed.value.packages : parsed.value;
    return Array.isArray(packages) ? packages : [];
}
function referenceOf(place) {
    const reference = json_isJsonObject(place) ? place.reference : undefined;
    return typeof reference === 'string' ? reference : '';
}
function already_there_isSame({ version, distReference, sourceReference }, locked) {
    return (version === locked.version &&
        distReference === (locked.dist?.reference ?? '') &&
        sourceReference === locked.sourceReference);
}
function already_there_isThere(path) {
    if (path === undefined)
        return true;
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.R_OK);
        return true;
    }
    catch {
        return isLinkToSomething(path);
    }
}
/** A link counts where its aim exists, even one that may not be read. */
function isLinkToSomething(path) {
    try {
        return (0,external_node_fs_.lstatSync)(path).isSymbolicLink() && (0,external_node_fs_.realpathSync)(path) !== '';
    }
    catch {
        return false;
    }
}
/** Looks for archives in a folder of them: each is read once, and all together no further than `MOST_CACHED` and in time. */
function fileCache(folder, deadline) {
    let left = MOST_CACHED;
    const sums = new Map();
    const sumOf = (path) => {
        if (sums.has(path))
            return sums.get(path);
        const hash = (0,external_node_crypto_namespaceObject.createHash)('sha1');
        const { kind } = (0,bounded_file/* takeBytes */.tM)(path, (piece) => {
            left -= piece.length;
            hash.update(piece);
            return left > 0 && !deadline.passed();
        });
        const incomplete = kind === 'part' ? 'unknown' : undefined;
        const sum = kind === 'whole' ? hash.digest('hex') : incomplete;
        sums.set(path, sum);
        return sum;
    };
    return ({ name, dist }, url) => {
        if (dist === undefined)
            return undefined;
        const key = `${name}/${sha1(url)}.${dist.type}`.replace(/[^a-z0-9_./]/gi, '-');
        // The type comes from the lock, and must not lead out of the cache.
        if (key.split('/').includes('..'))
            return undefined;
        const path = (0,external_node_path_.join)(folder, key);
        // Without a checksum in the lock Composer takes whatever lies there.
        if (dist.shasum === '')
            return isFile(path) ? 'cache' : undefined;
        const sum = sumOf(path);
        if (sum === 'unknown')
            return 'perhaps-cache';
        return sum === dist.shasum ? 'cache' : undefined;
    };
}
function isFile(path) {
    const { kind } = (0,bounded_file/* takeBytes */.tM)(path, () => false);
    return kind === 'whole' || kind === 'part';
}
/** Source of the rule: `Factory::getCacheDir`. */
function defaultCacheDir(environment, home) {
    const { env, platform, isDirectory } = environment;
    const explicit = truthy(env.COMPOSER_HOME);
    if (home === undefined || explicit !== undefined)
        return home && (0,external_node_path_.join)(home, 'cache');
    if (platform === 'win32') {
        const local = truthy(env.LOCALAPPDATA);
        return local === undefined ? (0,external_node_path_.join)(home, 'cache') : (0,external_node_path_.join)(local, 'Composer');
    }
    const userDirectory = withoutSlashesAtEnd(env.HOME ?? '');
    if (platform === 'darwin')
        return `${userDirectory}/Library/Caches/composer`;
    if (home === `${userDirectory}/.composer` && isDirectory(`${home}/cache`))
        return `${home}/cache`;
    const usesXdg = Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg');
    return usesXdg ? external_node_path_.posix.join(truthy(env.XDG_CACHE_HOME) ?? `${userDirectory}/.cache`, 'composer') : `${home}/cache`;
}
function sha1(data) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha1').update(data).digest('hex');
}

;// CONCATENATED MODULE: ./lib/composer/versions/stability.js

/** From the most to the least stable. Source of the order: Composer `BasePackage::$stabilities`. */
const STABILITIES = ['stable', 'RC', 'beta', 'alpha', 'dev'];
/**
 * Whether a minimum stability lets a stability pass.
 *
 * Source of the rule: Composer `StabilityFilter::isPackageAcceptable`.
 */
function isAllowed(stability, minimum) {
    return instability(stability) <= instability(minimum);
}
const MODIFIER_AT_END = new RegExp(`${MODIFIER}(?:\\+[^\\n]*)?${END}`, 'i');
/**
 * The stability that a version, normalized or not, is of. Patches (`2.4.8-p3`) are stable.
 *
 * Source of the rule: composer/semver `VersionParser::parseStability`.
 */
function stabilityOf(version) {
    const text = withoutReference(version);
    if (text.startsWith('dev-') || text.endsWith('-dev'))
        return 'dev';
    // No part of what is looked for can hold a line feed.
    const line = lastLine(text);
    const { word, dev } = MODIFIER_AT_END.exec(text.slice(line.start, line.end))?.groups ?? {};
    if (dev !== undefined)
        return 'dev';
    switch (word?.toLowerCase()) {
        case 'beta':
        case 'b':
            return 'beta';
        case 'alpha':
        case 'a':
            return 'alpha';
        case 'rc':
            return 'RC';
        default:
            return 'stable';
    }
}
/** PCRE's `#.+$` taken out, without a look at the rest of the text from each `#`. */
function withoutReference(version) {
    const { start, end } = lastLine(version);
    const at = version.indexOf('#', start);
    return at !== -1 && at + 1 < end ? version.slice(0, at) + version.slice(end) : version;
}
const EXPLICIT_FLAG = new RegExp(`^[^@]*@(${STABILITY_NAMES})${END}`, 'i');
const ALIASED = new RegExp(`^([^,${SPACE}@]+) as [^\\n]+${END}`);
const SINGLE_VERSION = new RegExp(`^[^,${SPACE}@]+${END}`);
/**
 * The stability that a requirement of the root package allows beside the minimum stability: the least stable of its
 * `@` flags, or without any, of the versions that it spells, as far as they are less stable than the minimum. undefined
 * when it allows none.
 *
 * @param known what another requirement of the same package allows already: `require` comes before `require-dev`
 *
 * Source of the rule: Composer `RootPackageLoader::extractStabilityFlags`.
 */
function extractStability(constraint, minimumStability, known) {
    const parts = splitConstraint(constraint).flat();
    let flag = known;
    let explicit = false;
    for (const part of parts) {
        const stability = explicitFlag(part);
        if (stability === undefined || isLessStable(flag, stability))
            continue;
        flag = stability;
        explicit = true;
    }
    if (explicit)
        return flag;
    for (const part of parts) {
        const version = part.replace(ALIASED, '$1');
        if (!SINGLE_VERSION.test(version))
            continue;
        const stability = stabilityOf(version);
        if (stability === 'stable' || isLessStable(flag, stability) || isLessStable(minimumStability, stability))
            continue;
        flag = stability;
    }
    return flag;
}
function explicitFlag(part) {
    const name = EXPLICIT_FLAG.exec(part)?.[1]?.toLowerCase();
    return STABILITIES.find((stability) => stability.toLowerCase() === name);
}
function isLessStable(stability, other) {
    return stability !== undefined && instability(stability) > instability(other);
}
function instability(stability) {
    return STABILITIES.indexOf(stability);
}

;// CONCATENATED MODULE: ./lib/composer/install-source.js




/** What the settings say. Source of the rule: `DownloadManager::getAvailableSources`, `BaseCommand::getPreferredInstallOptions`. */
function installSource(sources) {
    const preferences = preferredInstall(sources);
    return {
        prefersSource: (name, version) => {
            const preferred = preferences.find(([pattern]) => nameMatches(pattern, name))?.[1] ?? 'auto';
            return preferred === 'source' || (preferred !== 'dist' && stabilityOf(version) === 'dev');
        },
        fallback: flagSetting('source-fallback', false, sources),
    };
}
/** `preferred-install`: patterns of names, the first that matches counts. Source: `Config::merge`. */
function preferredInstall(sources) {
    let merged = new Map([['*', 'dist']]);
    for (const { config } of sources) {
        const own = config['preferred-install'];
        if (typeof own === 'string')
            merged.set('*', own);
        else if (json_isJsonObject(own))
            merged = new Map([...merged, ...Object.entries(own)]);
        const all = merged.get('*');
        // What matches everything comes last.
        if (merged.delete('*') && all !== undefined)
            merged.set('*', all);
    }
    return [...merged];
}
/**
 * Whether Composer clones the source of a package whose archive it does not get; undefined where that depends on a version
 * that is not known. Whether it can be cloned is known to nobody here.
 *
 * Source of the rule: `DownloadManager::download`.
 */
async function fallsBackToSource({ fallback }, holds) {
    const ends = await holds(fallback ? 'leavesSource' : 'asksBeforeSource');
    return ends === undefined ? undefined : !ends;
}

;// CONCATENATED MODULE: ./lib/composer/link.js

/** What is longer counts as a constraint that cannot be read: it costs time wherever it is looked at. Characters. */
const LONGEST_CONSTRAINT = 4096;
/** The lines of one kind in a package's entry. */
function linksOf(entry, kind) {
    return linksIn(entry[kind]);
}
/** The lines of one section, each as `link` makes it. */
function linksIn(section, link = plain) {
    if (!json_isJsonObject(section))
        return [];
    return Object.entries(section).flatMap(([name, constraint]) => typeof constraint === 'string'
        ? [link(name.toLowerCase(), constraint.length > LONGEST_CONSTRAINT ? '' : constraint)]
        : []);
}
function plain(name, constraint) {
    return { name, constraint };
}
/** What a package stands in for: `replace` and `provide`. */
function standsInFor(entry) {
    return [...linksOf(entry, 'replace'), ...linksOf(entry, 'provide')];
}

;// CONCATENATED MODULE: ./lib/composer/manifest.js





/** Reads composer.json; undefined when there is none. */
function readManifest(path) {
    const file = readProjectFile(path, MOST_WRITTEN_BY_HAND);
    if (file?.kind !== 'parsed')
        return file;
    const { data } = file;
    const { repositories, disabled } = repositoriesOf(file);
    return {
        kind: 'manifest',
        path,
        requirements: [...requirementsOf(file, 'require', false), ...requirementsOf(file, 'require-dev', true)],
        repositories,
        disabled,
        minimumStability: typeof data['minimum-stability'] === 'string' ? data['minimum-stability'] : 'stable',
        provides: standsInFor(data).map(({ name }) => name),
    };
}
function requirementsOf(file, section, dev) {
    const requirements = file.data[section];
    if (!json_isJsonObject(requirements))
        return [];
    return Object.entries(requirements).flatMap(([name, text]) => {
        if (typeof text !== 'string' || isPlatformPackage(name) || !isPackageName(name))
            return [];
        const constraint = text.length > LONGEST_CONSTRAINT ? '' : text.replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ').trim();
        return [{ name: name.toLowerCase(), constraint, dev, position: positionIn(file, section, name) }];
    });
}
/**
 * The repositories of a manifest, of the home's config.json as well: `repositories` as a list or as an object.
 *
 * Source of the rule: `Config::merge`.
 */
function repositoriesOf(file) {
    const repositories = [];
    const disabled = [];
    for (const [key, entry] of repositoryEntries(file)) {
        if (entry === false)
            disabled.push(String(key));
        else if (json_isJsonObject(entry)) {
            const [only] = Object.entries(entry);
            if (only !== undefined && Object.keys(entry).length === 1 && only[1] === false)
                disabled.push(only[0]);
            else
                repositories.push(repositoryEntry(key, entry, positionIn(file, 'repositories', key)));
        }
    }
    return { repositories, disabled: disabled.map(repositoryName) };
}
/** The entries of `repositories` with their keys, in the order of the file. */
function repositoryEntries(file) {
    const value = file.data.repositories;
    if (Array.isArray(value))
        return value.map((entry, index) => [index, entry]);
    if (!json_isJsonObject(value))
        return [];
    // An object of JavaScript puts keys that are numbers first; PHP, and so Composer, keeps the order of the file.
    return [...file.members('repositories').keys()].map((key) => [key, value[key]]);
}
/** The default repository has an old name too. Source of the rule: `Config::merge`. */
function repositoryName(key) {
    return key === 'packagist' ? 'packagist.org' : key;
}
function repositoryEntry(key, entry, position) {
    const { type, canonical } = entry;
    const only = stringsOf(entry.only);
    return {
        // PHP turns a key such as "0" into a number, and so into none.
        key: typeof key === 'number' || /^(?:0|-?[1-9]\d{0,17})$/.test(key) ? undefined : repositoryName(key),
        type: typeof type === 'string' ? type : '',
        url: readUrl(entry.url),
        // A list without names lets none through, and no name is empty.
        only: Array.isArray(entry.only) && only.length === 0 ? [''] : only,
        exclude: stringsOf(entry.exclude),
        canonical: canonical !== false,
        inline: type === 'package' ? inlinePackages(entry.package) : [],
        hasOptions: changesRequests(entry.options),
        filter: entry.filter !== false,
        requiresPublishedTime: entry['require-published-time'] !== false,
        hasHeaders: json_isJsonObject(entry.options) && json_isJsonObject(entry.options.http) && entry.options.http.header !== undefined,
        position,
    };
}
/** Settings of PHP's `http` context that change neither what is sent nor whom it reaches. */
const HARMLESS = ['timeout', 'protocol_version', 'max_redirects', 'follow_location', 'ignore_errors'];
/** Whether a repository's `options` make a difference to what it answers: headers, certificates, proxies of its own. */
function changesRequests(options) {
    if (!json_isJsonObject(options))
        return false;
    const { http = {}, ...others } = options;
    if (Object.keys(others).length > 0)
        return true;
    return json_isJsonObject(http) ? Object.keys(http).some((setting) => !HARMLESS.includes(setting)) : true;
}
/** The packages of a `package` repository: one, or a list. */
function inlinePackages(value = []) {
    return [value].flat().flatMap((entry) => {
        if (!json_isJsonObject(entry) || typeof entry.name !== 'string')
            return [];
        const version = typeof entry.version === 'string' ? entry.version : '';
        if (hasControls(version))
            return [];
        return [
            {
                name: entry.name.toLowerCase(),
                version,
                requires: linksOf(entry, 'require'),
                provides: standsInFor(entry),
            },
        ];
    });
}
function stringsOf(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

;// CONCATENATED MODULE: ./lib/check/resolved/path-packages.js







/** Folders that are looked into, all repositories together. */
const MOST_FOLDERS = 20_000;
/** What is read in them, all together. Bytes. */
const path_packages_MOST_BYTES = 64 * 1024 * 1024;
/** A package's composer.json. Bytes. */
const LONGEST = 8 * 1024 * 1024;
/** Source of the rule: `PathRepository.php`. */
function pathPackages(deadline) {
    const known = new Map();
    const manifests = new Map();
    const listings = new Map();
    let bytes = 0;
    const namesOf = (parent) => {
        const found = listings.has(parent) ? undefined : (0,bounded_file/* namesIn */.wX)(parent, MOST_FOLDERS);
        // A folder that is not there has no packages; one that has too many may have any.
        if (!listings.has(parent))
            listings.set(parent, found?.complete === false ? undefined : (found?.names ?? []));
        return listings.get(parent);
    };
    const manifestIn = (folder) => {
        const read = manifests.get(folder);
        if (read !== undefined)
            return read;
        if (manifests.size >= MOST_FOLDERS || bytes >= path_packages_MOST_BYTES || deadline.passed())
            return 'unknown';
        const file = (0,bounded_file/* readBounded */.CB)((0,external_node_path_.join)(folder, 'composer.json'), LONGEST);
        const parsed = file.kind === 'bytes' && !isTooLarge(file) ? json_parseJson(file.bytes) : undefined;
        const value = parsed?.kind === 'json' && json_isJsonObject(parsed.value) ? parsed.value : {};
        const manifest = isTooLarge(file) ? 'unknown' : value;
        bytes += file.kind === 'bytes' ? file.bytes.length : 0;
        manifests.set(folder, manifest);
        return manifest;
    };
    const packagesOf = (pattern) => {
        // The folders of the last component's pattern; patterns further up, and GLOB_BRACE, are not followed.
        const parent = (0,external_node_path_.dirname)(pattern);
        if (/[*?[{]/.test(parent) || /[?[{]/.test(pattern))
            return undefined;
        const last = pattern.slice(parent.length + 1);
        const folders = last.includes('*') ? namesOf(parent)?.filter((folder) => nameMatches(last, folder)) : [last];
        const packages = [];
        for (const folder of folders ?? []) {
            const manifest = manifestIn((0,external_node_path_.join)(parent, folder));
            if (manifest === 'unknown')
                return undefined;
            if (typeof manifest.name === 'string')
                packages.push({ name: manifest.name.toLowerCase(), manifest });
        }
        return folders && grouped(packages, ({ name }) => name);
    };
    return (pattern) => {
        if (!known.has(pattern))
            known.set(pattern, packagesOf(pattern));
        return known.get(pattern);
    };
}
function isTooLarge(file) {
    return file.kind === 'too-large' || (file.kind === 'bytes' && hasMoreValues(file.bytes, MOST_WRITTEN_BY_HAND));
}
/** What a package's own composer.json says of it; `version` is empty where Composer guesses one from git. */
function describedIn({ name, manifest }) {
    const version = typeof manifest.version === 'string' ? manifest.version : '';
    return { name, version, requires: linksOf(manifest, 'require'), provides: standsInFor(manifest) };
}

;// CONCATENATED MODULE: ./lib/check/project.js












/** Reads the project, and says which of its files Composer could not read. */
function readProject(environment, home, sources, command, deadline) {
    const manifest = readManifest(composerJsonPath(environment));
    // Where `lock` is off, Composer neither reads a lock nor writes one.
    const locks = manifest !== undefined && flagSetting('lock', true, sources);
    const lock = locks ? readLock(composerLockPath(environment)) : undefined;
    const unreadable = [manifest, lock].filter((file) => file?.kind === 'unreadable');
    if (unreadable.length > 0)
        return { project: undefined, findings: unreadable.map(unreadableFile) };
    const readable = manifest?.kind === 'manifest' ? manifest : undefined;
    // A config.json that cannot be read stops Composer as well, but is nothing of this project's.
    const homeConfig = home === undefined ? undefined : readManifest((0,external_node_path_.join)(home, 'config.json'));
    const readableLock = lock?.kind === 'lock' ? lock : undefined;
    // Composer installs from a lock only what it finds in one; `update` makes a new one.
    const installed = command.name === 'install' ? readableLock : undefined;
    return {
        project: {
            manifest: readable,
            lock: installed,
            repositories: enabledRepositories(readable, homeConfig?.kind === 'manifest' ? homeConfig : undefined),
            secureHttp: flagSetting('secure-http', true, sources),
            policy: readPolicy(environment, sources),
            command: { name: command.name, fromLock: installed !== undefined },
            installSource: installSource(sources),
            runsPlugin: (name) => !isRootUnasked(environment) && allowsPlugin(name, sources) === true,
            alreadyThere: alreadyThere(environment, home, sources, deadline),
            pathPackages: pathPackages(deadline),
            pathOf: (path) => (0,external_node_path_.resolve)(environment.cwd, expandPath(path, environment)),
        },
        findings: readableLock?.conflict === undefined ? [] : [conflictInHash(readableLock, readableLock.conflict, command)],
    };
}
function unreadableFile({ path, reason, position }) {
    return { ...NO_SERVER, code: 'manifest-invalid', reason, place: { path, position } };
}
/** A conflict in a lock that some versions of Composer put right by themselves, and others stop at. */
function conflictInHash({ path }, position, { name }) {
    const stopsOnly = versionsWhere((version) => !holds('repairsContentHash', version) || (name === 'install' && holds('refusesRepairedContentHash', version)));
    return { ...NO_SERVER, code: 'manifest-invalid', reason: 'conflict', place: { path, position }, stopsOnly };
}
/**
 * Composer switches plugins off when root runs it without a terminal, unless `COMPOSER_ALLOW_SUPERUSER` is set (or, which
 * cannot be seen from here, it finds itself in a container). Source: `Console/Application.php::doRun`.
 */
function isRootUnasked({ env, platform }) {
    return platform !== 'win32' && process.getuid?.() === 0 && truthy(env.COMPOSER_ALLOW_SUPERUSER) === undefined;
}

;// CONCATENATED MODULE: ./lib/bounds/allowance.js
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

;// CONCATENATED MODULE: ./lib/server/action-version.js
/** The version of this action, as its User-Agent names it. A test holds it against package.json. */
const VERSION = '0.1.0';

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./lib/server/answer.js
/** The answer of one request that came to nothing. */
function failed(url, failure, { proxy, trace }) {
    return { kind: 'failed', failure, url, proxy, tries: 1, trace };
}
/** The same without the bytes of a good one, once they are read. */
function withoutBody(answer) {
    return answer.kind === 'answered' && answer.status < 300 ? { ...answer, body: Buffer.alloc(0) } : answer;
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_https_namespaceObject, 2);
;// CONCATENATED MODULE: ./lib/server/archive-bytes.js
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
    if (formats.some((format) => FORMATS[format](body))) {
        const cut = type === 'zip' && complete && !body.includes(ZIP_END);
        return cut ? { type: 'not-archive', looksLike: 'cut' } : undefined;
    }
    if (Object.values(FORMATS).some((matches) => matches(body)))
        return { type: 'not-archive', looksLike: 'other-format' };
    return archive_bytes_isText(body) ? { type: 'not-archive', looksLike: textKind(body) } : undefined;
}
function begins(bytes, magic) {
    return bytes.toString('latin1', 0, magic.length) === magic;
}
function archive_bytes_isText(bytes) {
    return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
function textKind(bytes) {
    const text = bytes.toString().trimStart();
    if (text.startsWith('<'))
        return 'html';
    return text.startsWith('{') || text.startsWith('[') ? 'json' : 'text';
}

;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./lib/server/failure.js
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
/**
 * Undoes the encodings that a `Content-Encoding` header names, the last one first, as curl does for Composer: an end that
 * is missing is not missed, since the JSON in it tells; bytes behind the end are refused, a second member of gzip among them.
 *
 * @param limit bytes that no step may exceed
 * @throws RequestFailure `undecodable`, or `too-large` by `onTooLarge`
 */
async function decode_decoded(wire, header, limit, onTooLarge) {
    const encodings = encodingsOf(header);
    let bytes = wire;
    for (const encoding of encodings.toReversed()) {
        // Nothing at all, whatever its encoding is said to be, is an empty body: gateways send refusals like this.
        if (bytes.length === 0)
            break;
        bytes = await undone(bytes, encoding, limit).catch((error) => {
            throw failureOf(error, encoding, onTooLarge);
        });
    }
    return bytes;
}
function failureOf(error, encoding, onTooLarge) {
    if (error instanceof RequestFailure)
        return error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
        return onTooLarge();
    return undecodable(encoding, code === 'ERR_TRAILING_JUNK_AFTER_STREAM_END' ? 'trailing' : 'broken');
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
function undone(bytes, encoding, limit) {
    switch (encoding) {
        case 'br':
            return whole((0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.brotliDecompress), bytes, limit, external_node_zlib_namespaceObject.constants.BROTLI_OPERATION_FLUSH);
        // curl reads the header and takes what it finds, whichever of the two names stands there; only what has none is told by its name.
        case 'gzip':
        case 'deflate': {
            if (isZlib(bytes))
                return whole((0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.inflate), bytes, limit, external_node_zlib_namespaceObject.constants.Z_SYNC_FLUSH);
            return encoding === 'gzip' ? gunzipped(bytes, limit) : inflatedRaw(bytes, limit);
        }
    }
}
async function whole(work, bytes, limit, finishFlush) {
    return (await run(work, bytes, { finishFlush, maxOutputLength: limit, rejectGarbageAfterEnd: true })).buffer;
}
/** Servers that misread the standard leave the header of zlib out. Up to four bytes behind are the checksum then. */
async function inflatedRaw(bytes, limit) {
    const { buffer, engine } = await rawly(bytes, limit);
    if (bytes.length - engine.bytesWritten > 4)
        throw undecodable('deflate', 'trailing');
    return buffer;
}
/** One member of gzip, read here because Node would read on where another one follows. */
async function gunzipped(bytes, limit) {
    const start = gzipHeaderLength(bytes);
    if (start === undefined)
        throw undecodable('gzip', 'broken');
    if (start >= bytes.length)
        return Buffer.alloc(0);
    const { buffer, engine } = await rawly(bytes.subarray(start), limit);
    const trailer = bytes.subarray(start + engine.bytesWritten);
    if (trailer.length > 8)
        throw undecodable('gzip', 'trailing');
    const matches = trailer.length < 8 ||
        (trailer.readUInt32LE(0) === (0,external_node_zlib_namespaceObject.crc32)(buffer) && trailer.readUInt32LE(4) === buffer.length % 2 ** 32);
    if (!matches)
        throw undecodable('gzip', 'broken');
    return buffer;
}
function rawly(bytes, limit) {
    return run((0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.inflateRaw), bytes, { finishFlush: external_node_zlib_namespaceObject.constants.Z_SYNC_FLUSH, maxOutputLength: limit });
}
async function run(work, bytes, options) {
    return (await work(bytes, { ...options, chunkSize: PIECE, info: true }));
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
    return new RequestFailure({ type: 'undecodable', encoding, problem });
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
const LARGEST_TOGETHER_MIB = 110;
/** What a value takes beside its letters where it takes most, as the member of an object of many. Bytes. */
const VALUE = 120;
/** The most that all answers of a run may have together, inflated. A failing project may ask for a thousand files. */
const LARGEST_RUN_MIB = 2048;
/** The most that is kept of an error answer. Bytes. */
const LONGEST_ERROR = 64 * 1024;
/** From this size on one answer at a time is read, so that the memory for eight is not needed at once. Bytes. */
const body_LARGE = 2 * MIB;
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
                throw new RequestFailure({ type: 'too-much', limitMiB: LARGEST_RUN_MIB });
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
    return decode_decoded(wire, encoding, LARGEST_BODY_MIB * MIB, unread);
}
/** What an error answer says to people is short; what is not is none, and is not parsed. */
function wordsOf(body) {
    return body.length > LONGEST_ERROR ? Buffer.alloc(0) : body;
}
/** A body that can be parsed within the memory that is left. */
function parsable(body, kept) {
    const limit = mostValues(body, Math.min(LARGEST_PARSED_MIB * MIB, LARGEST_TOGETHER_MIB * MIB - kept));
    if (hasMoreValues(body, limit))
        throw new RequestFailure({ type: 'too-many-values', limit });
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
            throw error instanceof RequestFailure ? error : new RequestFailure({ type: 'truncated' });
    }
    finally {
        clearTimeout(timer);
        message.destroy();
    }
    const start = Buffer.concat(chunks, size).subarray(0, most);
    // What is cut off is decoded as far as it goes; of a bomb no more is made than of any answer.
    const body = await decode_decoded(start, message.headers['content-encoding'], LARGEST_BODY_MIB * MIB, unread);
    return { body: body.subarray(0, most), complete: !isLate && size < most && body.length <= most };
}
async function received(message, turn) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of message) {
            size += chunk.length;
            if (size > ENDLESS_MIB * MIB)
                throw new RequestFailure({ type: 'too-large', limitMiB: ENDLESS_MIB });
            if (size > body_LARGE)
                await turn.come();
            if (size <= LARGEST_BODY_MIB * MIB)
                chunks.push(chunk);
            else
                chunks.length = 0;
        }
    }
    catch (error) {
        throw error instanceof RequestFailure ? error : new RequestFailure({ type: 'truncated' });
    }
    if (size > LARGEST_BODY_MIB * MIB)
        throw unread();
    return Buffer.concat(chunks, size);
}
function unread() {
    return new RequestFailure({ type: 'too-much', limitMiB: LARGEST_BODY_MIB });
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

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
var external_node_tls_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_tls_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
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
class AnswerConnection extends external_node_stream_namespaceObject.Duplex {
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
    return new RequestFailure({ type: 'malformed', problem });
}

;// CONCATENATED MODULE: ./lib/server/connection.js








/** After so long the next address of a host is tried. Milliseconds. */
const NEXT_ADDRESS = 250;
/**
 * An agent for one request, which makes its connection itself. Node's own agents, and the `tunnel` package behind
 * @actions/http-client, do not tell a refusing proxy from a refusing server, ignore `ca` through a proxy, and leave a
 * CONNECT that hangs hanging.
 */
function agentFor(url, route) {
    const agent = url.protocol === 'https:' ? new external_node_https_namespaceObject.Agent() : new external_node_http_namespaceObject.Agent();
    agent.createConnection = (_options, callback) => {
        openConnection(url, route).then((socket) => callback?.(null, readAsCurlDoes(socket)), 
        // Node's types ask for a socket even beside an error, where none is read.
        (error) => callback?.(error, undefined));
        return undefined;
    };
    return agent;
}
/** Opens the connection that a request for `url` is written to. @throws RequestFailure */
async function openConnection(url, route) {
    const timeout = new AbortController();
    const seconds = route.connectTimeout / 1000;
    const timer = setTimeout(() => timeout.abort(new RequestFailure({ type: 'connect-timeout', seconds })), route.connectTimeout);
    const signal = AbortSignal.any([route.signal, timeout.signal]);
    try {
        const bare = await transportFor(url, route, signal);
        if (url.protocol !== 'https:')
            return bare;
        const { trusted, nodeTrustsAll } = route;
        return await secured(bare, hostOf(url), trusted, signal, (code, issuer) => ({
            type: 'tls',
            code,
            issuer,
            nodeTrustsAll,
        }));
    }
    finally {
        clearTimeout(timer);
    }
}
async function transportFor(url, { proxy, trusted, trace }, signal) {
    // Over http whoever is at the other end reads along, be it a proxy or what the name `localhost` stands for here.
    const stays = url.protocol === 'http:';
    if (proxy === undefined)
        return connected(hostOf(url), connection_portOf(url), stays, trace, signal, (error) => socketFailure(error, hostOf(url)));
    const tcp = await connected(proxy.host, proxy.port, stays, trace, signal, proxyFailure);
    const toProxy = proxy.protocol === 'https:'
        ? await secured(tcp, proxy.host, trusted, signal, (code) => ({ type: 'proxy-unreachable', code }))
        : tcp;
    // A plain http request is sent to the proxy as it stands; only https needs a tunnel.
    return url.protocol === 'https:' ? tunnelled(toProxy, url, proxy, signal) : toProxy;
}
/** @param stays whether the connection has to end on this machine */
async function connected(host, port, stays, trace, signal, failureOf) {
    // The options are Node's defaults, which NODE_OPTIONS would change: curl tries every address as well.
    const socket = (0,external_node_net_namespaceObject.connect)({ host, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS });
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
    if (!stays || origin_isLoopbackAddress(socket.remoteAddress ?? ''))
        return socket;
    socket.destroy();
    throw new RequestFailure({ type: 'leaves-machine' });
}
function secured(socket, host, trusted, signal, failureOf) {
    const tls = (0,external_node_tls_namespaceObject.connect)({
        socket,
        host,
        ca: [...trusted],
        // Said here, whatever this job has told Node by NODE_TLS_REJECT_UNAUTHORIZED or NODE_OPTIONS: Composer knows neither.
        rejectUnauthorized: true,
        checkServerIdentity: external_node_tls_namespaceObject.checkServerIdentity,
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.3',
        ciphers: external_node_crypto_namespaceObject.constants.defaultCoreCipherList,
        // A literal address has no place in a server name (RFC 6066); the certificate is still compared with `host`.
        ...((0,external_node_net_namespaceObject.isIP)(host) === 0 ? { servername: host } : {}),
    });
    // Read before Node looks whether the certificate is trusted and, where it is not, throws it away.
    let issuer;
    tls.prependListener('secure', () => {
        issuer = issuerOf(tls);
    });
    return ready(tls, 'secureConnect', signal, (error) => {
        const failure = socketFailure(error, host);
        // A peer that hangs up in the middle of the handshake may do otherwise next time; a certificate will not.
        if (failure.type === 'reset')
            return failure;
        return failureOf('code' in failure ? (failure.code ?? 'UNKNOWN') : 'UNKNOWN', issuer);
    });
}
/** Who says to have signed the certificate that was shown: the other side's own words. */
function issuerOf(tls) {
    // Without a certificate Node gives an empty object, which its types do not know.
    const { issuer } = tls.getPeerCertificate();
    const name = issuer?.CN ?? issuer?.O;
    return typeof name === 'string' && name !== '' ? name : undefined;
}
/** Asks a proxy for a tunnel to the URL's host. */
function tunnelled(toProxy, url, proxy, signal) {
    const { promise, resolve, reject } = settleOnce();
    const target = `${url.hostname}:${connection_portOf(url)}`;
    const request = (0,external_node_http_namespaceObject.request)({
        method: 'CONNECT',
        path: target,
        createConnection: () => toProxy,
        headers: {
            host: target,
            ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
        },
        signal,
    });
    request.on('connect', (response, socket) => {
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300)
            return resolve(socket);
        socket.destroy();
        reject(new RequestFailure({ type: 'proxy-refused', status }));
    });
    // Some proxies answer a refused CONNECT as if it were any request.
    request.on('response', (response) => {
        response.destroy();
        reject(new RequestFailure({ type: 'proxy-refused', status: response.statusCode ?? 0 }));
    });
    request.on('error', (error) => reject(abortReason(signal) ?? new RequestFailure(proxyFailure(error))));
    request.end();
    return promise;
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
        reject(abortReason(signal) ?? new RequestFailure(failureOf(error)));
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
    return signal.reason instanceof Error ? signal.reason : new RequestFailure({ type: 'network', code: undefined });
}
function proxyFailure(error) {
    const failure = socketFailure(error, '');
    const code = 'code' in failure ? failure.code : undefined;
    return { type: 'proxy-unreachable', code: failure.type === 'dns' ? 'ENOTFOUND' : code };
}
function hostOf(url) {
    return url.hostname.replace(/^\[|\]$/g, '');
}
function connection_portOf(url) {
    const byDefault = url.protocol === 'https:' ? 443 : 80;
    return url.port === '' ? byDefault : Number(url.port);
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

;// CONCATENATED MODULE: ./lib/server/addresses.js
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

;// CONCATENATED MODULE: ./lib/server/redirects.js



/** Composer follows as many. Source: `CurlDownloader.php`, `maxRedirects`. */
const MAXIMUM_REDIRECTS = 20;
/** Composer takes every status from 300 to 399 but 304 for a redirect. Source: `CurlDownloader.php`, `tick`. */
function isRedirect(status) {
    return status >= 300 && status <= 399 && status !== 304;
}
function redirectTarget(location, { url: from, origin }, status) {
    if (location === undefined || location === '')
        return { type: 'redirect-without-location', status };
    const led = { status, target: shownUrl(location) };
    if (!URL.canParse(location, from))
        return { type: 'redirect-unusable', ...led };
    const target = new URL(location, from);
    const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
    if (!isWeb || isTooLongForDns(target.hostname))
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
        return originOf(location);
    return location.startsWith('//') ? originOf(`${target.protocol}${location}`) : from;
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
    if (!(0,external_node_net_namespaceObject.isIPv6)(address))
        return `${address} (IPv4)`;
    const [before = '', after] = address.replace(/%.*$/, '').split('::');
    const groups = (part) => (part === undefined || part === '' ? [] : part.split(':'));
    const [head, tail] = [groups(before), groups(after)];
    const width = (all) => all.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
    const zeros = after === undefined ? [] : Array(Math.max(0, 8 - width(head) - width(tail))).fill('0');
    return `${[...head, ...zeros, ...tail].join(':')} (IPv6)`;
}

;// CONCATENATED MODULE: ./lib/server/exchange.js















/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10;
/** Opens a function that sends one request and gives its answer; it never throws for what a server or a network does. */
function openExchange(options) {
    // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
    // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
    const client = new lib_HttpClient(options.userAgent);
    const readBody = bodyReader(options.kept);
    async function send(request, way, recorder) {
        const { signal, posted } = request;
        const head = client.requestRaw(requestFor(request, way, recorder, options), posted?.text ?? null);
        const { message } = await noLongerThan(signal, head);
        const { headers, statusCode: status = 0 } = message;
        recorder.headers(headers);
        const byProxy = status === 407 && way.proxy !== undefined;
        if (byProxy || isRedirect(status)) {
            message.destroy();
            return { status, headers, read: byProxy ? { type: 'proxy-refused', status } : NOTHING_READ };
        }
        const read = request.beginningOnly && status < 300 ? beginningOf(message, signal) : whole(message, signal);
        return { status, headers, read: await read.catch((error) => exchange_failureOf(error, request)) };
    }
    async function whole(message, signal) {
        return { body: await noLongerThan(signal, readBody(message)), complete: true };
    }
    return async (request) => {
        const { url, sent } = request;
        const recorder = startTrace(methodOf(request.posted));
        const way = wayTo(url, options);
        const { proxy } = way;
        const soFar = () => ({ proxy, trace: recorder.trace() });
        if (way.kind === 'none')
            return failed(url, way.failure, soFar());
        if (sent !== undefined && url !== options.essential && !options.withCredentials.take()) {
            return failed(url, { type: 'unasked' }, soFar());
        }
        if (sent !== undefined)
            options.sentSecrets.add(sent);
        const started = external_node_perf_hooks_namespaceObject.performance.now();
        const received = await send(request, way, recorder).catch((error) => exchange_failureOf(error, request));
        options.onRequest(lineOf(request, proxy, received, external_node_perf_hooks_namespaceObject.performance.now() - started));
        if ('type' in received)
            return failed(url, received, soFar());
        const { status, headers, read } = received;
        if ('type' in read)
            return failed(url, read, soFar());
        return { kind: 'answered', status, headers, ...read, url, leftOrigin: false, tries: 1, ...soFar() };
    };
}
const NOTHING_READ = { body: Buffer.alloc(0), complete: false };
async function beginningOf(message, signal) {
    try {
        return await noLongerThan(signal, firstBytes(message, FIRST_BYTES));
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
    return `${methodOf(posted)} ${shownUrl(new URL(url).href)} ${through}-> ${outcome}${broken} (${Math.round(took)} ms)`;
}
function methodOf(posted) {
    return posted === undefined ? 'GET' : 'POST';
}
function wayTo(url, { proxyFor, trust }) {
    // Whatever a server or a file of the project names: nothing is asked over http but on this machine.
    if (!isPrivateRoute(url))
        return { kind: 'none', proxy: undefined, failure: { type: 'insecure' } };
    const choice = proxyFor(new URL(url));
    if (choice.kind === 'malformed' || choice.kind === 'unsupported') {
        return { kind: 'none', proxy: undefined, failure: { type: `proxy-${choice.kind}`, variable: choice.variable } };
    }
    const proxy = choice.kind === 'proxy' ? choice.proxy : undefined;
    if (trust.kind === 'trusted')
        return { kind: 'open', proxy, trusted: trust.certificates };
    // Composer stops at such a setting before its first request, whatever that request's scheme.
    const { path, source, reason } = trust;
    return { kind: 'none', proxy, failure: { type: 'trust-file', path, source, reason } };
}
function requestFor({ url, sent, signal, posted }, { proxy, trusted }, trace, { userAgent, nodeTrustsAll }) {
    const target = new URL(url);
    const route = { proxy, trusted, nodeTrustsAll, connectTimeout: CONNECT_TIMEOUT * 1000, signal, trace };
    return {
        parsedUrl: target,
        httpModule: target.protocol === 'https:' ? external_node_https_namespaceObject_0 : external_node_http_namespaceObject_0,
        options: {
            method: methodOf(posted),
            host: target.hostname.replace(/^\[|\]$/g, ''),
            port: target.port,
            path: pathFor(target, proxy),
            headers: { ...headersFor(target, sent, proxy, userAgent), ...headersOf(posted) },
            agent: agentFor(target, route),
            signal,
            maxHeaderSize: LARGEST_HEAD,
        },
    };
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
function exchange_failureOf(error, { url, signal }) {
    const failure = socketFailure(signal.aborted ? signal.reason : error, new URL(url).hostname);
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
                throw new RequestFailure({ type: 'too-much', limitMiB: LARGEST_KEPT_MIB });
        },
    };
}

;// CONCATENATED MODULE: ./lib/server/retries.js

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
        return isTransient(answer.failure) ? jittered : undefined;
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
            const values = AUTH_SECTIONS.get('custom-headers')?.secretsIn([...(sent.headers ?? [])]) ?? [];
            for (const form of [...masksFor(sent), ...masksForValues(values)])
                forms.add(form.replace(/=+$/, '').toLowerCase());
        },
        nameHostOf(url) {
            if (forms.size === 0 || !URL.canParse(url))
                return false;
            const { hostname } = new URL(url);
            if (isTooLongForDns(hostname))
                return true;
            // By the pieces of the name, which is short, and not by the secrets, which may be many.
            for (let start = 0; start + SHORTEST_MASK <= hostname.length; start++) {
                for (let end = start + SHORTEST_MASK; end <= hostname.length; end++) {
                    if (forms.has(hostname.slice(start, end)))
                        return true;
                }
            }
            return false;
        },
    };
}

;// CONCATENATED MODULE: ./lib/server/transport.js











const WHOLE = { beginningOnly: false, posted: undefined };
const BEGINNING = { beginningOnly: true, posted: undefined };
/** Opens the one way by which this action speaks to servers. */
function openTransport(options) {
    const { retries, deadline } = options;
    const kept = keptBytes();
    const sentSecrets = openSentSecrets();
    const follow = openFollowing({ ...options, kept, sentSecrets });
    async function get(asked, source, tries, kind) {
        // Credentials in a URL beat all others for its origin, and are sent as a header: a URL is shown.
        const inUrl = credentialsInUrl(asked);
        const url = withoutUserinfo(asked);
        const credentials = inUrl === undefined ? source : insteadAt(originOf(url), inUrl, source);
        for (let tried = 1;; tried++) {
            const answer = await follow(url, credentials, kind);
            const pause = pauseBefore(answer, tried);
            if (tried >= tries || pause === undefined || pause >= deadline.left())
                return { ...answer, tries: tried };
            await (0,promises_namespaceObject.setTimeout)(pause);
        }
    }
    const withCredentials = (credentialsFor) => ({
        get: (url) => get(url, credentialsFor, retries + 1, WHOLE),
        post: (url, posted) => get(url, credentialsFor, retries + 1, { ...WHOLE, posted }),
        probe: (url) => get(url, credentialsFor, retries + 1, BEGINNING),
        getOnceAs: (url, credentials) => get(url, insteadAt(originOf(url), credentials, credentialsFor), 1, WHOLE),
        as: (origin, credentials) => withCredentials(insteadAt(origin, credentials, credentialsFor)),
        mayAsk: (url) => isPrivateRoute(url) && !sentSecrets.nameHostOf(url),
        keep: kept.add,
    });
    return withCredentials(options.credentialsFor);
}
/** What is sent where one origin gets other credentials. */
function insteadAt(own, credentials, credentialsFor) {
    return (origin) => (origin === own ? credentials : credentialsFor(origin));
}
/** Opens a function that asks for a URL once, and for those that it redirects to, within one time limit. */
function openFollowing(options) {
    const exchange = openExchange(options);
    return async (url, credentialsFor, kind) => {
        const timeLimit = new AbortController();
        const seconds = Math.min(options.timeout, options.deadline.left() / 1000);
        const timer = setTimeout(() => timeLimit.abort(new RequestFailure({ type: 'timeout', seconds, budget: seconds < options.timeout })), seconds * 1000);
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
async function followed(exchange, url, credentialsFor, sentSecrets, rest) {
    let place = { url, origin: originOf(url) };
    const own = credentialsFor(place.origin);
    for (let redirects = 0;; redirects++) {
        const sent = isOneHost(place) && isPrivateRoute(place.url) ? credentialsFor(place.origin) : undefined;
        const answer = await exchange({ ...rest, url: place.url, sent });
        if (answer.kind === 'failed')
            return answer;
        if (!isRedirect(answer.status))
            return { ...answer, leftOrigin: sent === undefined && own !== undefined };
        const next = redirectTarget(answer.headers.location, place, answer.status);
        if ('type' in next)
            return failed(place.url, next, answer);
        if (sentSecrets.nameHostOf(next.url)) {
            return failed(place.url, { type: 'redirect-unusable', status: answer.status, target: undefined }, answer);
        }
        if (redirects >= MAXIMUM_REDIRECTS) {
            const loop = { type: 'redirect-loop', limit: MAXIMUM_REDIRECTS, target: shownUrl(next.url) };
            return failed(place.url, loop, answer);
        }
        place = next;
    }
}

;// CONCATENATED MODULE: ./lib/server/trust.js




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
 * either, of `SSL_CERT_FILE` or `SSL_CERT_DIR`, whichever is usable first; else the system's. To the first two curl may
 * add a folder of its own. Those that only `NODE_EXTRA_CA_CERTS` names are left out: Composer does not know them.
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
    return { kind: 'trusted', certificates: [...external_node_tls_namespaceObject.rootCertificates, ...systemCertificates()] };
}
function configured(cafile, capath) {
    const file = cafile === undefined ? [] : fromFile(cafile.value);
    if (cafile !== undefined && !isSound(file))
        return unusable(cafile, file);
    const folder = capath === undefined ? [] : fromFolder(capath.value);
    if (capath !== undefined && !Array.isArray(folder))
        return unusable(capath, folder);
    return trusted([...listed(file), ...listed(folder)]);
}
/** What one of OpenSSL's variables names, a file or a folder; undefined where Composer passes over it. */
function named(setting) {
    const file = fromFile(setting.written);
    if (file !== undefined)
        return isSound(file) ? trusted(file) : unusable(setting, file);
    const folder = isEmpty(setting.written) ? undefined : fromFolder(setting.written);
    if (folder === undefined)
        return undefined;
    return folder === 'too-large' ? unusable(setting, folder) : trusted(folder);
}
function trusted(certificates) {
    const byCurl = process.platform === 'linux' ? fromFolder(CURL_FOLDER) : undefined;
    return { kind: 'trusted', certificates: [...certificates, ...listed(byCurl)] };
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
        new external_node_crypto_namespaceObject.X509Certificate(pem);
        return true;
    }
    catch {
        return false;
    }
}
function unusable({ written, source }, found) {
    return { kind: 'unusable', path: written, source, reason: found === 'too-large' ? found : 'broken' };
}
/**
 * Node gives access to the system's store since 22.15. On Linux that store is what `SSL_CERT_FILE` names, usable or not,
 * so the distribution's own file is read as well.
 */
function systemCertificates() {
    const byNode = "getCACertificates" in external_node_tls_namespaceObject_0 ? external_node_tls_namespaceObject.getCACertificates('system') : [];
    if (process.platform === 'win32')
        return byNode;
    const file = SYSTEM_FILES.map((path) => fromFile(path)).find((certificates) => certificates !== undefined);
    return [...byNode, ...listed(file)];
}
/** The certificates in a file; undefined when it cannot be read or does not begin with one. */
function fromFile(path, limit = LONGEST_FILE) {
    const file = (0,bounded_file/* readBounded */.CB)(path, limit);
    if (file.kind !== 'bytes')
        return file.kind === 'too-large' ? 'too-large' : undefined;
    const certificates = pemCertificates(file.bytes.toString());
    return certificates.length === 0 ? undefined : certificates;
}
/**
 * The certificates that OpenSSL finds in a folder: under the hash of their subject, as `openssl rehash` names them, and
 * under no other name. Undefined when the folder cannot be read.
 */
function fromFolder(path) {
    const found = (0,bounded_file/* namesIn */.wX)(path, MOST_FILES);
    if (found?.complete !== true)
        return found && 'too-large';
    const all = [];
    let left = LONGEST_FILE;
    for (const name of found.names) {
        const file = /^[0-9a-f]{8}\.\d+$/.test(name) ? fromFile((0,external_node_path_.join)(path, name), left) : undefined;
        if (file === 'too-large')
            return file;
        for (const certificate of file ?? []) {
            all.push(certificate);
            left -= certificate.length;
        }
    }
    return all;
}
/** Composer passes over an empty `SSL_CERT_DIR`. Source: `CaBundle::caDirUsable`. */
function isEmpty(folder) {
    return (0,bounded_file/* namesIn */.wX)(folder, MOST_FILES)?.names.every((name) => name.startsWith('.')) !== false;
}
const BEGIN = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g;
const trust_END = /-----END (?:TRUSTED )?CERTIFICATE-----/g;
/** The certificates of a PEM file; none when the first is not one, as Composer checks no further. */
function pemCertificates(text) {
    const blocks = [];
    // In one pass: a pattern for both ends looks for an end from each beginning anew.
    for (let from = 0;;) {
        const begin = found(BEGIN, text, from);
        const end = begin && found(trust_END, text, begin.end + 1);
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

;// CONCATENATED MODULE: ./lib/text/server-text.js

/** As much of a server's words as an annotation has room for. Characters. */
const server_text_LONGEST = 240;
/** repo.magento.com sends people to a page that is gone; every problem of ours has a link of its own. */
const STALE_ADVICE = / ?For instructions, visit https:\/\/devdocs\.magento\.com\S*/i;
/**
 * What a server says in an error answer, on one line. It may repeat what it was sent: `harmless` makes it fit to be shown.
 * Undefined when it says nothing to people.
 *
 * Composer prints the same field. Source: `CurlDownloader.php`, `HttpDownloader::outputWarnings`.
 */
function serverText(body) {
    // Error answers are small; what is not is no message.
    if (body.length > 64 * 1024)
        return undefined;
    const document = decodeJson(body);
    if (!json_isJsonObject(document))
        return undefined;
    const text = [document.warning, document.info].find((words) => typeof words === 'string');
    if (text === undefined)
        return undefined;
    const line = flattened(text).replace(STALE_ADVICE, '');
    return line === '' ? undefined : line;
}
/** A text that is on one line already, no longer than an annotation has room for. */
function shortened(line) {
    if (line.length <= server_text_LONGEST)
        return line;
    const characters = [...line.slice(0, 2 * server_text_LONGEST + 2)];
    return characters.length > server_text_LONGEST ? `${characters.slice(0, server_text_LONGEST).join('')}…` : line;
}
/** A text of any length on one line, in which the runner finds no command. */
function flattened(text) {
    return (text
        // Control and format characters (line breaks, terminal escapes, bidirectional overrides) and line separators.
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        // The runner reads `::command::` at the start of a line, and the older `##[command]` anywhere.
        .replaceAll('##[', '# #[')
        // An address in a URL keeps its colons: behind its bracket they begin no line.
        .replace(/\[[0-9a-f:.]*\]|::/gi, (part) => (part === '::' ? ': :' : part)));
}

;// CONCATENATED MODULE: ./lib/bounds/in-parallel.js
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

;// CONCATENATED MODULE: ./lib/problems/families.js
/** Parts of names that only Adobe Commerce has. Enough of them to tell the edition; which one exactly does not matter. */
const COMMERCE = /^magento\/(?:(?:product|project)-enterprise-edition|magento2-ee-base|module-(?:.*-)?(?:staging|customer-balance|customer-custom-attributes|customer-finance|customer-segment|gift-card|gift-registry|gift-wrapping|target-rule|rma|reward|banner|banner-customer-segment|invitation|versions-cms|visual-merchandiser|catalog-permissions|catalog-event|admin-gws|logging|multiple-wishlist|website-restriction|price-permissions|persistent-history|advanced-checkout|advanced-search-ee|scalable-[a-z]+|scheduled-import-export|support|special-price-quick-order|promotion-permissions|resource-for-customer-segment|enterprise|reminder|checkout-address-search|google-tag-manager|custom-attribute-management|cms-page-builder-analytics|deferred-total-calculating|elasticsearch-catalog-permissions)(?:-.*)?)$/;
const B2B = /^magento\/(?:extension-b2b|b2b-base|module-(?:.*-)?(?:b2b|company|negotiable-quote|shared-catalog|purchase-order|requisition-list|quick-order|order-history-search)(?:-.*)?)$/;
const CLOUD = /^magento\/(?:magento-cloud-.*|ece-tools|ece-.*|quality-patches-cloud|module-paas)$/;
const SAMPLE_DATA = /^magento\/(?:.*-)?sample-data(?:-.*)?$/;
/** Characters. Source: `ValidatingArrayLoader`. */
const families_LONGEST_NAME = 255;
/** The family of a package, told from its name. */
function familyOf(name) {
    // No package has such a name, and the patterns below would look through it many times over.
    if (name.length > families_LONGEST_NAME)
        return 'extension';
    if (CLOUD.test(name))
        return 'cloud';
    if (B2B.test(name))
        return 'b2b';
    if (SAMPLE_DATA.test(name))
        return 'sample-data';
    if (COMMERCE.test(name))
        return 'commerce';
    return /^(?:magento|adobe-commerce)\//.test(name) ? 'open-source' : 'extension';
}

;// CONCATENATED MODULE: ./lib/composer/failure-message.js

/**
 * What Composer itself will print for a failing download, so that a search for the one finds the other. Composer runs
 * without a terminal on a runner, and then says the same of missing and of wrong keys.
 *
 * Source of the texts: `Util/AuthHelper.php`, `Util/Http/CurlDownloader.php`, `Util/Http/Response.php`,
 * `Repository/ComposerRepository.php`.
 */
function composerFailureMessage(url, outcome) {
    switch (outcome.kind) {
        case 'status': {
            const { status } = outcome;
            const line = statusLine(url, status);
            if (status === 401)
                return `The '${url}' URL required authentication (HTTP 401). You must be using the interactive console to authenticate`;
            if (status === 403)
                return `The '${url}' URL could not be accessed (HTTP 403): ${line}`;
            return `The "${url}" file could not be downloaded (${line})`;
        }
        case 'not-json':
            return `"${url}" does not contain valid JSON`;
        // Composer names no repository here.
        case 'null':
            return 'ComposerRepository: Undefined $data. Please report at https://github.com/composer/composer/issues/new.';
        case 'curl':
            return `curl error ${outcome.code} while downloading ${url}: ${outcome.text}`;
        case 'redirect-without-location':
            return `The "${url}" file could not be downloaded, got redirect without Location (HTTP/1.1 ${outcome.status})`;
    }
}
/** Servers speak HTTP/2 to Composer over https, and its status line ends where HTTP/1.1 has words. */
function statusLine(url, status) {
    return url.startsWith('https:') ? `HTTP/2 ${status} ` : `HTTP/1.1 ${status} ${external_node_http_namespaceObject.STATUS_CODES[status] ?? ''}`.trimEnd();
}

;// CONCATENATED MODULE: ./lib/problems/phrases.js
/** Words that more than one problem needs. */


/** Adobe's current page; the one in the server's own warning is stale. */
const ACCESS_KEYS_PAGE = 'https://experienceleague.adobe.com/en/docs/commerce-operations/installation-guide/prerequisites/authentication-keys';
/** Adobe's current list of causes for 403 and 404, and of who can remove each. */
const ADOBE_ACCESS_PAGE = 'https://experienceleague.adobe.com/en/docs/experience-cloud-kcs/kbarticles/ka-25968';
/** Serves Magento Open Source to everybody, without keys. */
const MIRROR = 'https://mirror.mage-os.org/';
/** Where the pairs of an account are listed. */
const ACCESS_KEYS = 'Commerce Marketplace → My Profile → Access Keys';
/** Where this repository's secrets are, and those of Dependabot. */
const SECRETS = 'Settings → Secrets and variables → Actions';
const DEPENDABOT_SECRETS = 'Settings → Secrets and variables → Dependabot';
/** The name of Adobe's list. */
const ADOBE_CAUSES = 'Adobe’s list of causes';
/** Words that lead to a page, where links can be shown. */
const LINKS = new Map([
    [ACCESS_KEYS, ACCESS_KEYS_PAGE],
    [ADOBE_CAUSES, ADOBE_ACCESS_PAGE],
    [MIRROR, MIRROR],
]);
/** Whether keys for a host come from Commerce Marketplace. */
function isAdobe(host) {
    return host === ADOBE_HOST;
}
const KEY_OWNER = 'The owner of the Marketplace account, with someone who can edit this repository’s secrets.';
const WORKFLOW_EDITOR = 'Anyone who can edit this workflow and this repository’s secrets.';
const PROJECT_EDITOR = 'Anyone who can edit composer.json.';
const LICENCE_OWNER = 'The primary contact of the MAGEID (the licence owner). Only they can ask Adobe Commerce Support.';
/** Those who can do the other steps, where one step is to create new keys. */
function withNewKeys(who) {
    return `${who.slice(0, -1)}; for new keys, the owner of the account.`;
}
/** Whoever can change what lies between a runner and a host: on GitHub's own runners nobody of the user's, but for a proxy. */
function networkTeam(way, site) {
    const team = teamBetween(way, site);
    return team === undefined
        ? `Whoever runs ${way.host}.`
        : `The team that runs ${team}; if that is not the cause, whoever runs ${way.host}.`;
}
/** Those who can do the first step, and whom to ask where that does not help. */
function otherwiseNetworkTeam(first, way, site) {
    return otherwise(first, teamBetween(way, site), way);
}
/** The same where a server has answered, so that no network, but a proxy at most, is to blame: whoever edits the workflow can go round it. */
function otherwiseServer(first, way) {
    return way.proxy === undefined
        ? otherwise(first, undefined, way)
        : otherwise(`${first} or edit this workflow`, 'the proxy', way);
}
/** Finds out whether it is the proxy that answers; nothing where there is none. */
function bypassToTest({ host, proxy }) {
    return proxy === undefined ? [] : [`To test whether the proxy ${proxy} is what answers, add ${host} to \`no_proxy\`.`];
}
/** Of an answer that is the server's own, or of something that answers in its place. */
function serverOrBetween(way, site) {
    const team = teamBetween(way, site);
    return `Whoever runs ${way.host}${team === undefined ? '' : `; if something in between answers, the team that runs ${team}`}.`;
}
function otherwise(first, team, { host }) {
    return `${first}; otherwise ${team === undefined ? '' : `the team that runs ${team}, or `}whoever runs ${host}.`;
}
/** What lies between a runner and a host that somebody of the user's runs. */
function teamBetween({ proxy }, { selfHosted }) {
    if (proxy !== undefined)
        return 'the proxy';
    return selfHosted === false ? undefined : 'this runner’s network';
}
const RERUNS = 'Anyone who can run the job again';
const EDITS_WORKFLOW = 'Anyone who can edit this workflow';
const EDITS_URL = 'Anyone who can edit the URL';
/** The start of a step that asks for a URL; as a command only where a shell takes it as it is. */
function askFor(url) {
    return /^https?:\/\/[\w.:/%-]+$/.test(url) ? `Run \`curl -iL ${url}\`` : 'Ask for the URL with `curl -iL`';
}
/** Who can change the keys for a host. */
function keyOwner(host) {
    return isAdobe(host)
        ? KEY_OWNER
        : `Whoever holds the account at ${host}, with someone who can edit the secret or file that holds them.`;
}
/**
 * How to get the right pair to where this one comes from, in two steps.
 *
 * @param inComposerAuth whether that is the host's entry in `composer-auth`
 */
function newKeys(host, inComposerAuth) {
    const [user, password] = isAdobe(host) ? ['public key', 'private key'] : ['user name', 'password'];
    return [
        isAdobe(host)
            ? `Open ${ACCESS_KEYS} and copy both halves of an enabled pair, or create a new one.`
            : `Get the user name and password for ${host} from whoever runs it.`,
        inComposerAuth
            ? `Save the ${user} as \`username\` and the ${password} as \`password\` of ${host} in \`composer-auth\`.`
            : `Save the ${user} in the secret for \`public-key\` and the ${password} in the one for \`private-key\`.`,
    ];
}
/** As many characters of a file's name as a sentence bears. */
const phrases_LONGEST_NAME = 80;
/** The name of the file at a URL: the last part of its path. */
function fileNameOf(url) {
    const path = url.replace(/[?#].*$/s, '');
    const name = path
        .slice(path.lastIndexOf('/') + 1)
        .replace(/[^\x21-\x7E]/g, '?')
        // Of a checksum in it the beginning is enough to tell it from others.
        .replace(/([0-9a-f]{8})[0-9a-f]{56}(?![0-9a-f])/i, '$1…');
    if (name === '')
        return 'this URL';
    return name.length > phrases_LONGEST_NAME ? `${name.slice(0, phrases_LONGEST_NAME - 1)}…` : name;
}
/** Sentences as one text; empty ones are left out. */
function joined(sentences) {
    return sentences.filter((sentence) => sentence !== '').join(' ');
}
/** A text that begins a sentence. */
function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
/** A sentence, to go on with behind another part of it. */
function lowered(text) {
    return text.charAt(0).toLowerCase() + text.slice(1);
}
/** “a”, “a and b”, “a, b and c”. */
function enumeration(items) {
    return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
/** The first hosts of some entries of auth.json, and how many more there are; each entry by its path there: a section and a host, or a setting. */
function hostsOf(paths) {
    return phrases_namesOf([
        ...new Set(paths.map(([section, origin]) => (origin === undefined ? `the setting ${section}` : shownUrl(origin)))),
    ]);
}
/** As many characters of a server's words as the cause bears; the summary has them all. */
const LONGEST_QUOTE = 110;
/** A sentence, with the server's own words after it where it has some. */
function withServerText(sentence, serverText) {
    if (serverText === undefined)
        return `${sentence}.`;
    const short = serverText.length > LONGEST_QUOTE ? `${serverText.slice(0, LONGEST_QUOTE - 1).trimEnd()}…` : serverText;
    return `${sentence}: “${short}”`;
}
/** As many names as an annotation lists; the summary and the outputs have them all. */
const NAMED_PACKAGES = 3;
/** The first names, and how many more there are. */
function phrases_namesOf(packages) {
    const named = packages.slice(0, NAMED_PACKAGES);
    const more = packages.length - named.length;
    return more > 0 ? `${named.join(', ')} and ${more} more` : enumeration(named);
}
/** The first of Composer's words for a file that is no JSON. Source: `Json/JsonFile.php::validateSyntax`. */
function noValidJson(path) {
    return `"${path}" does not contain valid JSON`;
}
/** Its second words for a file with a byte order mark: those that tell the cause. Source: `JsonParser` of seld/jsonlint. */
const BOM_DETECTED = 'BOM detected, make sure your input does not include a Unicode Byte-Order-Mark';
/** Composer's words for a root requirement that no repository has. Source: `DependencyResolver/Problem.php`. */
function notFound(name) {
    return `Root composer.json requires ${name}, it could not be found in any version, there may be a typo in the package name.`;
}
/** Composer's words for what is asked for by name. Source: `CreateProjectCommand::installRootPackage`. */
function notSelected(name, constraint, stability) {
    return `Could not find package ${name} with ${constraint === undefined ? `stability ${stability}` : `version ${constraint}`}.`;
}
/** The command that writes packages into composer.lock anew; of several, or of names that a shell might read otherwise, in words. */
function updateOf([first = '', ...more]) {
    if (more.length > 0)
        return '`composer update` for these packages';
    return /^[\w./-]+$/.test(first) ? `\`composer update ${first}\`` : '`composer update` for it';
}
/** “1 second”, “2.5 seconds”. */
function inSeconds(seconds) {
    const rounded = Math.round(seconds * 10) / 10;
    return `${rounded} second${rounded === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/problems/at-server.js





/** Whether a finding about packages.json stops the coming command. */
function failsCommand({ weight }) {
    return weight === 'fatal' || weight === 'plugin-reads' || weight === 'archives-fail';
}
/** An error where the coming command stops at it, else a warning. */
function severityAtServer(finding) {
    return failsCommand(finding) ? 'error' : 'warning';
}
/** As long as Composer waits, where it waits at all. Seconds. Source: `CurlDownloader.php`, `MAX_RETRY_AFTER`. */
const at_server_LONGEST_WAIT = 60;
/** Statuses after which it asks again. Source: `CurlDownloader::isStatusCodeRetryNeeded`. */
const RETRIED = [423, 425, 429, 500, 502, 503, 504, 507, 510];
/** Whether a Composer that heeds `Retry-After` waits for a server to come back: since 2.11. */
function isWaitedFor({ status, retryAfter }) {
    if (retryAfter === undefined || retryAfter <= 0 || retryAfter > at_server_LONGEST_WAIT)
        return false;
    return status !== undefined && RETRIED.includes(status);
}
/** The same as `severityAtServer` of what a Composer may wait for; what is not known is a warning. */
function severityOfWait(finding, { version }) {
    return isWaitedFor(finding) && holdsIn(version, 'waitsForRetryAfter') !== false
        ? 'warning'
        : severityAtServer(finding);
}
/** The cause where a server answers that it is busy: what it is, in its own words too, who waits for it, and what it means. */
function causeOfBusy(sentence, finding) {
    return withMeaning(withWait(withServerText(sentence, finding.serverText), finding), finding);
}
/** What is to be said of a server that comes back; a sentence, or nothing. */
function withWait(cause, finding) {
    if (!isWaitedFor(finding))
        return cause;
    const wait = inSeconds(Math.ceil(finding.retryAfter ?? 0));
    return `${cause} It asks to be asked again in ${wait}: Composer 2.11 and newer wait for that, older versions stop.`;
}
/** What Composer prints for an answer with an error's status. */
function saysFor({ url, status }) {
    return composerFailureMessage(url, { kind: 'status', status: status ?? 0 });
}
/** “host answers”, which a status goes on from; with the redirects that led elsewhere, if any did. */
function answers({ host, answeredBy }) {
    return answeredBy === undefined ? `${host} answers` : `${host} redirects to ${answeredBy}, which answers`;
}
/** A status with its name, since a number alone tells few people anything. */
function statusOf({ status }) {
    return `${status ?? 'nothing'} ${external_node_http_namespaceObject.STATUS_CODES[status ?? 0] ?? ''}`.trimEnd();
}
/** How often it was asked, where that was more than once. */
function eachTime({ tries }) {
    return tries > 1 ? ` in each of ${tries} tries` : '';
}
/** The proxy in between, where there is one. */
function through({ proxy }) {
    return proxy === undefined ? '' : ` through the proxy ${proxy}`;
}
/** Why an archive that fails is no error. */
const CLONING = {
    yes: 'This is a warning because Composer then clones the source that the package names.',
    'by-version': 'This is a warning because Composer up to 2.9 then clones the source that the package names; 2.10 does so only with `source-fallback`, and newer versions never.',
};
/** Why a failing packages.json is no error, or one although Composer may not read it; a sentence, or nothing. */
function onlyMetadata({ weight, stopsOnly = NO_VERSION }) {
    if (stopsOnly.length > 0 && !failsCommand({ weight }))
        return readAllTheSame(stopsOnly);
    switch (weight) {
        case 'fatal':
            return undefined;
        case 'plugin-reads':
            return 'The lock installs magento/composer-dependency-version-audit-plugin, which reads packages.json of every repository during `composer install`.';
        case 'archives-fail':
            return 'The archives that composer.lock needs from there fail in the same way.';
        case 'archives-work':
            return 'This is a warning because the archives that composer.lock needs from there can be downloaded.';
        case 'archives-differ':
            return 'This is a warning because `composer install` needs only the archives, which are reported separately.';
        case 'perhaps':
            return 'This is a warning because repositories before it may already have everything.';
        case 'cloned':
            return CLONING.yes;
        case 'cloned-by-version':
            return CLONING['by-version'];
        case 'unneeded':
            return 'This is a warning because the Composer command that follows does not need this host.';
    }
}
/** That some versions read a file of a repository from which they need nothing; a sentence. */
function readAllTheSame(versions) {
    return `${namesOfVersions(versions)} read packages.json of every repository, and stop; other versions go on.`;
}
/** The first sentence of a cause, and what it means for the coming command. */
function withMeaning(cause, finding) {
    const meaning = onlyMetadata(finding);
    return meaning === undefined ? cause : `${cause} ${meaning}`;
}
/** A step that nobody needs to take as long as Composer succeeds. */
function ifItFails(step, finding) {
    return failsCommand(finding) ? step : `If Composer fails all the same, ${lowered(step)}`;
}
/** What whoever runs the network or the server needs to find the request in their records. */
function evidenceOf({ url, status, proxy, trace, answeredBy, serverText, }) {
    const { method, time, resolved, connected, requestIds } = trace;
    return [
        { name: 'request', value: `${method} ${url}` },
        { name: 'at', value: time },
        ...(answeredBy === undefined ? [] : [{ name: 'redirected to', value: answeredBy }]),
        ...(status === undefined ? [] : [{ name: 'answer', value: `HTTP ${status}` }]),
        ...(serverText === undefined ? [] : [{ name: 'in its words', value: serverText }]),
        { name: 'proxy', value: proxy ?? 'none' },
        connected === undefined
            ? { name: 'addresses', value: addresses(resolved) }
            : { name: proxy === undefined ? 'connected to' : 'proxy’s address', value: connected },
        ...requestIds.flatMap(({ header, value }) => (value === '' ? [] : [{ name: header, value }])),
    ];
}
/** More addresses than so many are a content network's, and of no use. */
const MOST_ADDRESSES = 6;
function addresses(resolved) {
    if (resolved.length === 0)
        return 'none';
    const shown = resolved.slice(0, MOST_ADDRESSES).join(', ');
    return resolved.length > MOST_ADDRESSES ? `${shown} and ${resolved.length - MOST_ADDRESSES} more` : shown;
}

;// CONCATENATED MODULE: ./lib/problems/access-forbidden.js



const accessForbidden = {
    title: 'The repository forbids access',
    atMost: 'error',
    severity: severityAtServer,
    byCredentials: always,
    explain: (finding, site) => ({
        ...wordsFor(finding, site),
        composerSays: saysFor(finding),
        evidence: evidenceOf(finding),
    }),
};
function wordsFor(finding, site) {
    const { host, serverText } = finding;
    // A firewall sends a page of its own; a sentence in JSON is the repository's.
    if (isAdobe(host) && serverText !== undefined)
        return accountRefused(finding, serverText);
    const blocked = isAdobe(host)
        ? `${host} answers 403${through(finding)}: a firewall seems to block this ${finding.proxy === undefined ? 'runner' : 'runner or the proxy'}. Wrong keys would get 401.`
        : refusedElsewhere(finding);
    return {
        cause: withMeaning(blocked, finding),
        fix: stepsFor(finding, site),
        who: isAdobe(host) ? whoAtAdobe(finding, site) : whoElsewhere(finding, site),
        ...(isAdobe(host) ? { background: `New keys would most likely be blocked as well. See ${ADOBE_CAUSES}.` } : {}),
    };
}
function refusedElsewhere(finding) {
    const { proxy, serverText, url } = finding;
    const start = `${answers(finding)} 403 Forbidden for ${fileNameOf(url)}${through(finding)}`;
    if (serverText !== undefined)
        return withServerText(start, serverText);
    const address = proxy === undefined ? 'this runner’s address' : 'the proxy’s address';
    return `${start}: it blocks ${address}, or this account may not read it.`;
}
/**
 * First whether it is the address, which is the proxy's where there is one. Without credentials every network gets 401, or
 * the same 403, unless its address is blocked: so two networks are compared.
 */
function stepsFor({ host, proxy, url }, { selfHosted }) {
    const account = isAdobe(host)
        ? 'check the causes that Adobe names: an unpaid invoice, an ended contract, keys of a shared account.'
        : `ask whoever runs ${host} whether this account may read it.`;
    const command = askFor(url);
    const compared = (there, address) => `${there} and in another network, without credentials: if only the runner gets 403, ${address} is blocked.`;
    if (proxy !== undefined) {
        return [
            `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
            `If not, ${lowered(command)} ${compared('on this runner', 'the address of the proxy')}`,
            `If it is not blocked, ${account}`,
        ];
    }
    const again = 'Run the job again: on a GitHub-hosted runner it gets another address.';
    switch (selfHosted) {
        case true:
            return [`${command} ${compared('on this runner', 'its address')}`, `If it is not blocked, ${account}`];
        case false:
            return [again, `If it is refused again, ${account}`];
        case undefined:
            return [
                again,
                `On a self-hosted runner, ${lowered(command)} ${compared('there', 'its address')}`,
                `If neither helps, ${account}`,
            ];
    }
}
function whoElsewhere(finding, site) {
    const { proxy } = finding;
    if (proxy !== undefined)
        return otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site);
    return site.selfHosted === true ? networkTeam(finding, site) : otherwiseNetworkTeam(RERUNS, finding, site);
}
function whoAtAdobe({ proxy }, { selfHosted }) {
    const atRunner = selfHosted === true
        ? ['The team that runs this runner’s network']
        : [RERUNS, ...(selfHosted === false ? [] : ['the team that runs this runner’s network'])];
    const first = proxy === undefined ? atRunner : [EDITS_WORKFLOW, 'the team that runs the proxy'];
    return `${first.join(', or ')}; if the address is not blocked, the primary contact of the MAGEID.`;
}
function accountRefused(finding, serverText) {
    return {
        cause: withMeaning(withServerText(`${finding.host} knows these keys and refuses the account (HTTP 403)`, serverText), finding),
        fix: [
            'Check for an unpaid invoice or an ended contract; once it is settled, create new keys.',
            'Use keys that the licence owner created in the account that holds the licence now, not in a shared account.',
        ],
        who: LICENCE_OWNER,
        background: `See ${ADOBE_CAUSES}.`,
    };
}

;// CONCATENATED MODULE: ./lib/problems/shown-path.js

/** A path inside the workspace, relative to it and with slashes on Windows too; undefined for any other. */
function insideWorkspace(path, workspace) {
    // Where no folder is known, the path is a mere name.
    if (!(0,external_node_path_.isAbsolute)(path) || workspace === undefined || workspace === '')
        return undefined;
    const inside = (0,external_node_path_.relative)(workspace, path).split(external_node_path_.sep).join('/');
    const leadsOut = inside === '..' || inside.startsWith('../') || (0,external_node_path_.isAbsolute)(inside);
    return inside === '' || leadsOut ? undefined : inside;
}
/** A path as people know it: of a file of the workspace the part below that, of any other all of it. */
function shownPath(path, { workspace }) {
    return insideWorkspace(path, workspace) ?? path;
}
/** A path that can be pasted into a shell as it is; undefined for any other. */
function forShell(path) {
    return /^[\w/][\w./-]*$/.test(path) ? path : undefined;
}

;// CONCATENATED MODULE: ./lib/problems/auth-file-exposed.js



const EDITOR = 'Anyone who can edit this repository.';
const authFileExposed = {
    title: 'git could commit credentials',
    atMost: 'warning',
    severity: () => 'warning',
    byCredentials: never,
    explain({ place, tracked, written, ignoreLine }, site) {
        const path = shownPath(place.path, site);
        const command = forShell(path) === undefined ? '`git rm --cached` on it' : `\`git rm --cached ${path}\``;
        const holds = written ? 'holds this step’s credentials' : 'holds credentials';
        const ignore = `Add ${ignoreLine === undefined ? 'the file' : `\`${ignoreLine}\``} to .gitignore.`;
        return {
            ...(tracked ? { title: 'git tracks a file with credentials' } : {}),
            cause: tracked
                ? `${path} ${holds} and is tracked by git: the next commit would include it.`
                : `${path} ${holds}, lies in a git work tree, and is not ignored: a step that commits or uploads the work tree would include it.`,
            fix: [
                ...(tracked
                    ? [`Run ${command}, then commit. If it ever held real keys there, they are exposed: create new ones.`]
                    : []),
                ignore,
                ...(written ? ['Or set `auth-location: global`, which is outside the work tree.'] : []),
            ],
            who: tracked ? withNewKeys(EDITOR) : EDITOR,
            composerSays: undefined,
        };
    },
};

;// CONCATENATED MODULE: ./lib/problems/auth-file-invalid.js




const authFileInvalid = {
    title: 'Existing credentials are not in a form that Composer accepts',
    atMost: 'error',
    severity: ({ effect }) => (effect === 'refused' || effect === 'stops' ? 'error' : 'warning'),
    byCredentials: never,
    explain(finding, site) {
        const { source } = finding;
        const isVariable = source === 'COMPOSER_AUTH';
        return {
            cause: `${isVariable ? 'The variable COMPOSER_AUTH' : shownPath(source, site)} ${wrong(finding)}. ${effectOf(finding)}`,
            fix: auth_file_invalid_stepsFor(finding),
            who: whoFor(finding, site),
            composerSays: composerSaysOf(finding),
            background: isVariable
                ? 'The workflow sets it, or an earlier step of this job does.'
                : 'It came with the checkout, or another step or an earlier job on this machine wrote it. Composer’s own message may show part of the file; this one does not.',
        };
    },
};
function effectOf({ source, effect, fault }) {
    switch (effect) {
        case 'refused':
            return 'It was left unchanged, and this step’s credentials were not written there.';
        case 'stops':
            // Of all files Composer refuses a project's manifest alone by its schema, before PHP stumbles.
            return !isManifest(source) && (fault.reason === 'section' || fault.reason === 'entry')
                ? 'Every Composer command stops at it, with an error of PHP.'
                : 'Every Composer command stops at it.';
        case 'stops-by-version':
            return 'Composer 2.5 and newer stop at it; older versions go on without these credentials.';
        case 'passed-over':
            return 'Composer goes on without these credentials.';
    }
}
/** Ends with the name of a project's manifest, which belongs to others than a file with credentials does. */
function isManifest(source) {
    return source.endsWith('composer.json');
}
function whoFor({ source, fault }, site) {
    if (source === 'COMPOSER_AUTH')
        return WORKFLOW_EDITOR;
    if (isManifest(source))
        return fault.reason === 'entry' ? withNewKeys(PROJECT_EDITOR) : PROJECT_EDITOR;
    return insideWorkspace(source, site.workspace) === undefined
        ? 'Anyone who can edit this workflow; on a self-hosted runner, whoever runs the machine.'
        : 'Anyone who can edit this repository, or the step that writes the file.';
}
const ONE_OBJECT = '`{"http-basic": {"host": {"username": "…", "password": "…"}}}`';
const OR_PASS_THEM = 'Or remove it and pass the credentials to the input `composer-auth`.';
function auth_file_invalid_stepsFor({ source, fault }) {
    switch (fault.reason) {
        case 'list':
        case 'numeric-key':
            return [`Write one object with names of sections: ${ONE_OBJECT}.`, OR_PASS_THEM];
        case 'section':
            return [`Write the section as an object: for each host ${formOf(fault.section)}.`, OR_PASS_THEM];
        case 'entry':
            return [
                `Correct the entry in \`${fault.section}\`: for each host ${formOf(fault.section)}.`,
                OR_PASS_THEM,
                ...(isManifest(source) ? ['If it was committed, create new credentials: these are exposed.'] : []),
            ];
        default:
            return source === 'COMPOSER_AUTH' ? stepsForVariable(fault.reason) : stepsForFile(source, fault.reason);
    }
}
function stepsForVariable(reason) {
    const instead = 'Or pass it to the input `composer-auth`, and remove `COMPOSER_AUTH` from `env:`.';
    switch (reason) {
        case 'single-quotes':
        case 'trailing-comma':
        case 'syntax':
            return [
                'Save the secret again as one JSON object: single quotes, an extra comma, or quotes removed by a shell are the usual causes.',
                instead,
            ];
        case 'byte-order-mark':
        case 'not-utf-8':
            return ['Save the secret again from an editor that writes UTF-8 without a byte order mark.', instead];
        case 'empty':
        case 'not-decodable':
        case 'not-an-object':
            return [`Save the secret again as one JSON object: ${ONE_OBJECT}.`, instead];
    }
}
function stepsForFile(source, reason) {
    if (!source.endsWith('auth.json')) {
        return ['Correct that file, or move the credentials in its `config` to the input `composer-auth`.'];
    }
    return [
        reason === 'byte-order-mark' || reason === 'not-utf-8'
            ? 'Have the step that creates this file write UTF-8 without a byte order mark; Windows PowerShell does not do so by itself.'
            : `Have the step that creates this file write ${usualCause(reason)}`,
        'Or remove that step and pass the credentials to the input `composer-auth`.',
    ];
}
function usualCause(reason) {
    if (reason === 'not-an-object')
        return `one JSON object: ${ONE_OBJECT}.`;
    return reason === 'empty'
        ? 'valid JSON: an empty secret or a failed command is the usual cause.'
        : 'valid JSON: an `echo` of a secret with quotes or line breaks is the usual cause.';
}
/** What an entry of a section must be. */
function formOf(section) {
    return AUTH_SECTIONS.get(section)?.form ?? 'what Composer’s schema says';
}
function composerSaysOf({ source, fault, effect }) {
    const isVariable = source === 'COMPOSER_AUTH';
    const parse = isVariable
        ? 'COMPOSER_AUTH environment variable is malformed, should be a valid JSON object'
        : noValidJson(source);
    switch (fault.reason) {
        case 'empty':
        case 'not-utf-8':
        case 'single-quotes':
        case 'trailing-comma':
        case 'syntax':
            return parse;
        case 'byte-order-mark':
            return isVariable ? parse : BOM_DETECTED;
        case 'not-decodable':
            return undefined;
        case 'not-an-object':
            // Of a variable that is no object Composer stops at `null` alone, which it cannot tell from what is no JSON.
            return isVariable && effect !== 'passed-over' ? parse : WARNING;
        case 'list':
        case 'section':
            return isManifest(source) ? SCHEMA : WARNING;
        case 'numeric-key':
            return undefined;
        case 'entry':
            return saysOfEntry(fault.wrong, isManifest(source));
    }
}
const SCHEMA = 'does not match the expected JSON schema';
const WARNING = `${SCHEMA}, this may result in errors and should be resolved`;
/** A number in place of a host suits the schema, and what PHP says of it depends on its version. */
function saysOfEntry(wrong, inManifest) {
    if (wrong.kind === 'numeric-host')
        return undefined;
    if (inManifest)
        return SCHEMA;
    // What is asked for first is missed by a function that wants a text, in words of PHP's versions.
    const isFirst = wrong.kind === 'missing' && /^(?:username|consumer-key)$/.test(wrong.field);
    return wrong.kind === 'form' || isFirst ? WARNING : `Undefined array key "${wrong.field}"`;
}
/** Continues the name of the file or variable. */
function wrong({ fault, position }) {
    const at = position === undefined ? '' : `at line ${position.line}, column ${position.column}`;
    const inText = at === '' ? '' : `${at}, `;
    const behind = at === '' ? '' : ` ${at}`;
    switch (fault.reason) {
        case 'empty':
            return 'is empty';
        case 'not-utf-8':
            return 'is not UTF-8 text';
        case 'byte-order-mark':
            return 'begins with a byte order mark';
        case 'single-quotes':
            return `is not valid JSON: ${inText}it has single quotes instead of double quotes`;
        case 'trailing-comma':
            return `is not valid JSON: ${inText}it has an extra comma`;
        case 'syntax':
            return `is not valid JSON${at === '' ? '' : `: the mistake is ${at}`}`;
        case 'not-decodable':
            return `is nested too deeply or holds a broken character${behind}, so PHP cannot decode it`;
        case 'not-an-object':
            return 'does not hold a JSON object';
        case 'list':
            return 'must be one JSON object, but is a list: it begins with `[`';
        case 'numeric-key':
            return `has a number in place of a section’s name${behind}`;
        case 'section':
            return `has a section \`${fault.section}\`${behind} that is not an object`;
        case 'entry':
            return auth_file_invalid_wrongEntry(fault.section, fault.wrong, behind);
    }
}
function auth_file_invalid_wrongEntry(section, wrong, behind) {
    switch (wrong.kind) {
        case 'numeric-host':
            return `has a number in place of a host in \`${section}\`${behind}`;
        case 'missing':
            return `has an entry in \`${section}\` without \`${wrong.field}\`${behind}`;
        case 'form':
            return `has a wrong entry in \`${section}\`${behind}: it must be ${formOf(section)}`;
    }
}

;// CONCATENATED MODULE: ./lib/problems/auth-file-unwritable.js



const authFileUnwritable = {
    title: 'auth.json cannot be written',
    atMost: 'error',
    severity: () => 'error',
    byCredentials: never,
    explain({ target, reason, systemCode, composerSays, forDownloads }, site) {
        const { what, fix, who = 'Anyone who can edit this workflow, or who runs the machine or container.', } = UNWRITABLE[reason];
        const cause = reason === 'no-home'
            ? `There is no place for auth.json: ${what}, so the credentials were not written.`
            : `${shownPath(target, site)} ${what}${systemCode === undefined ? '' : ` (${systemCode})`}, so the credentials were not written there.`;
        if (forDownloads) {
            const folder = shownPath((0,external_node_path_.dirname)(target), site);
            return systemCode === 'ENOENT' ? noNetrcFolder(folder) : noNetrc(cause);
        }
        return {
            cause,
            fix,
            who,
            composerSays,
            background: 'Without them Composer asks the repository without keys and fails with “required authentication (HTTP 401)”, unless it finds some elsewhere.',
        };
    },
};
const NO_NETRC = {
    title: 'The netrc file for downloads cannot be written',
    who: 'Whoever runs the machine or container.',
    composerSays: undefined,
};
function noNetrc(cause) {
    return {
        ...NO_NETRC,
        cause,
        fix: ['Give the job’s user a temporary folder that it can write to (`RUNNER_TEMP`), with room on its disk.'],
    };
}
function noNetrcFolder(folder) {
    return {
        ...NO_NETRC,
        cause: `The folder ${folder} does not exist, so the netrc file was not written there.`,
        fix: [`Create ${folder} before this step, or set \`RUNNER_TEMP\` to a folder that the job’s user can write to.`],
    };
}
const OWN_HOME = 'Or set `COMPOSER_HOME` for the whole job to a folder that its user can write to.';
/** `what` continues the path, but where there is none. */
const UNWRITABLE = {
    directory: {
        what: 'is a directory',
        fix: ['Remove it: a bind mount of a file that did not exist creates such a directory.', OWN_HOME],
    },
    link: {
        what: 'is a symbolic link, which this action does not write through',
        fix: ['Replace the link with the file that it points to. Linked folders are fine.', OWN_HOME],
    },
    'leads-out': {
        what: 'is outside the checkout, and links in the checkout lead there',
        fix: [
            'Remove the link from the repository, or let it lead to a folder inside the checkout: the repository’s content must not decide where keys are written.',
            'If the folder is meant, name it in the workflow: by `working-directory`, or by `COMPOSER_HOME` for `auth-location: global`.',
        ],
        who: 'Anyone who can edit this repository and this workflow.',
    },
    'not-a-file': {
        what: 'is neither a file nor a folder, but a device, a pipe or a socket',
        fix: ['Remove what is there.', OWN_HOME],
    },
    'not-a-folder': { what: 'is not a folder, but has to be one', fix: ['Remove what is there.', OWN_HOME] },
    'not-ours': {
        what: 'belongs to another user, or other users can read or change it',
        fix: [
            'If an earlier job left it, give it back to the job’s user alone (`chown`, `chmod go=`); if not, remove it.',
            OWN_HOME,
        ],
    },
    permission: {
        what: 'cannot be read or written by this job’s user',
        fix: ['Give the file and its folder to that user: a step that ran as root may have created them.', OWN_HOME],
    },
    'read-only': { what: 'is on a file system that is mounted read-only', fix: ['Mount it writable.', OWN_HOME] },
    'no-space': {
        what: 'cannot be written because the disk is full or a quota is reached',
        fix: ['Free space on the runner.', OWN_HOME],
    },
    'in-use': {
        what: 'cannot be replaced, as a file that is mounted into a container cannot',
        fix: ['Mount its folder instead of the file.', OWN_HOME],
    },
    'too-large': {
        what: 'is larger than 256 KiB, which no auth.json is',
        fix: ['See what is there and remove it.', OWN_HOME],
    },
    locked: {
        what: 'was locked by another job for too long',
        fix: [
            'Run the job again.',
            'If no other job runs on this machine, remove that folder, as its owner: a step that ran as root may have been killed while it held it.',
        ],
    },
    'no-home': {
        what: 'neither `COMPOSER_HOME` nor a home folder is known',
        fix: ['Set `HOME` (on Windows `APPDATA`) or `COMPOSER_HOME` for the job. Composer cannot run without either.'],
    },
    other: { what: 'could not be written', fix: ['Look at the folder as the job’s user.', OWN_HOME] },
};

;// CONCATENATED MODULE: ./lib/problems/vendors.js
/** Vendors seen in public projects beside repo.magento.com, each with what its customers configure. */
const VENDORS = [
    {
        name: 'Hyvä',
        repository: 'hyva-themes.repo.packagist.com',
        host: 'hyva-themes.repo.packagist.com',
        packages: ['hyva-themes'],
        pair: 'Its user name is the word `token`, its password the key from your Hyvä account.',
    },
    {
        name: 'Private Packagist',
        repository: 'repo.packagist.com',
        host: 'repo.packagist.com',
        packages: [],
        pair: 'Its user name is the word `token`, its password a token of that organization.',
    },
    { name: 'Amasty', repository: 'composer.amasty.com', host: 'composer.amasty.com', packages: ['amasty'] },
    { name: 'Mirasvit', repository: 'packages.mirasvit.com', host: 'packages.mirasvit.com', packages: ['mirasvit'] },
    { name: 'Aheadworks', repository: 'dist.aheadworks.com', host: 'dist.aheadworks.com', packages: ['aheadworks'] },
    { name: 'MageWorx', repository: 'packages.mageworx.com', host: 'packages.mageworx.com', packages: ['mageworx'] },
    { name: 'XTENTO', repository: 'repo.xtento.com', host: 'repo.xtento.com', packages: ['xtento'] },
    {
        name: 'BSS Commerce',
        repository: 'composer.bsscommerce.com',
        host: 'composer.bsscommerce.com',
        packages: ['bsscommerce'],
    },
    { name: 'Mageplaza', repository: 'repo.mageplaza.com', host: 'repo.mageplaza.com', packages: ['mageplaza'] },
    { name: 'ShipperHQ', repository: 'packages.shipperhq.com', host: 'packages.shipperhq.com', packages: ['shipperhq'] },
    { name: 'Swissup', repository: 'ci.swissuplabs.com', host: 'swissuplabs.com', packages: ['swissup'] },
    { name: 'Owebia', repository: 'repo.owebia.com', host: 'repo.owebia.com', packages: ['owebia'] },
    { name: 'MagePal', repository: 'composer.magepal.com', host: 'composer.magepal.com', packages: ['magepal'] },
];
/** The vendor whose repository a host is. */
function vendorAt(host) {
    return VENDORS.find((vendor) => host === vendor.host || host.endsWith(`.${vendor.host}`));
}
/** The vendor of a package that sells in a repository of its own. */
function vendorOf(name) {
    const prefix = name.split('/', 1)[0] ?? '';
    return VENDORS.find(({ packages }) => packages.includes(prefix));
}

;// CONCATENATED MODULE: ./lib/problems/credentials-missing.js






const credentialsMissing = {
    title: 'Composer has no credentials for a private repository',
    atMost: 'error',
    severity: (finding) => (finding.reason === 'none-held' && finding.needed ? 'error' : 'warning'),
    byCredentials: always,
    explain(finding) {
        switch (finding.reason) {
            case 'none-held':
                return noneHeld(finding);
            case 'unknown-section':
                return unknownSection(finding);
            case 'replaced-section':
                return replacedSection(finding);
            case 'not-read':
                return notRead(finding);
        }
    },
};
function noneHeld({ host, status, url, packages, needed, stopsOnly = NO_VERSION }) {
    const vendor = vendorAt(host);
    const pair = vendor?.pair === undefined ? '' : ` ${vendor.pair}`;
    return {
        cause: [
            `${host} answers ${status}, and Composer has no credentials for it${packages.length === 0 ? '' : `, but needs it for ${phrases_namesOf(packages)}`}.`,
            needed ? '' : whyNotNeeded(stopsOnly),
        ]
            .join(' ')
            .trim(),
        fix: [
            `Add an \`http-basic\` entry for \`${host}\`, with exactly this spelling, to the input \`composer-auth\`.${pair}`,
            ...(needed ? [] : ['If the repository is no longer used, remove it from composer.json.']),
        ],
        who: `Whoever holds the account at ${vendor?.name ?? host}, with someone who can edit this workflow.`,
        composerSays: composerFailureMessage(url, { kind: 'status', status }),
        background: 'Composer compares hosts letter by letter, with the port if there is one.',
    };
}
function whyNotNeeded(stopsOnly) {
    return stopsOnly.length > 0
        ? readAllTheSame(stopsOnly)
        : 'This is a warning because everything needed may come from other repositories, or be in the vendor folder already.';
}
function unknownSection({ host, section }) {
    return {
        title: 'This Composer is too old for these credentials',
        cause: `Composer will not read this step’s credentials for ${host}: only Composer 2.9 and newer reads \`${section}\`.`,
        fix: [
            'Install Composer 2.9 or newer before this step.',
            `Or, if ${host} takes a user name and a password, pass them as an \`http-basic\` entry.`,
        ],
        who: WORKFLOW_EDITOR,
        composerSays: undefined,
        background: 'An older Composer ignores such an entry without a word. The one of this job is older, or does not tell its version.',
    };
}
function replacedSection({ host, section, source }) {
    return {
        title: 'Another file replaces these credentials',
        cause: `Composer will not read this step’s credentials for ${host}: \`${section}\` in ${source} replaces all of \`${section}\` elsewhere.`,
        fix: [
            `Put the headers for all hosts into one place: this step’s \`composer-auth\`, or ${source}.`,
            'Or install Composer 2.11 or newer, which adds them up host by host.',
        ],
        who: WORKFLOW_EDITOR,
        composerSays: undefined,
        background: 'Of every other section Composer takes the entries of all places, and of one host the last one.',
    };
}
function notRead({ host }) {
    return {
        title: 'The credentials are where Composer does not look',
        cause: `This step’s credentials for ${host} are in a project’s auth.json, but the working directory has no composer.json.`,
        fix: [
            'Add `global` to `auth-location`, or set `working-directory` to the folder of composer.json.',
            'If a later step creates composer.json, nothing needs to be done.',
        ],
        who: WORKFLOW_EDITOR,
        composerSays: undefined,
        background: 'Composer reads a project’s auth.json only beside a composer.json. `composer create-project` reads Composer’s home and `COMPOSER_AUTH` alone.',
    };
}

;// CONCATENATED MODULE: ./lib/problems/credentials-overridden.js




const credentialsOverridden = {
    title: 'Composer uses other credentials than this step’s',
    atMost: 'error',
    // What the winning credentials fail with, if they do, makes it an error.
    severity: ({ fails }) => (fails === undefined ? 'warning' : 'error'),
    byCredentials: never,
    explain(whole, site) {
        const finding = withShownSource(whole, site);
        const { host, fails } = finding;
        const { background, fix, who } = byPlace(finding);
        return {
            cause: `Composer will not use this step’s credentials for ${host}: ${winner(finding)}${sentenceEnd(finding)}`,
            fix,
            who,
            composerSays: fails === undefined ? undefined : credentials_overridden_composerSaysOf(fails),
            ...(background === undefined ? {} : { background }),
        };
    },
};
function withShownSource(finding, site) {
    return { ...finding, source: shownPath(finding.source, site) };
}
function winner({ by, source, section }) {
    const isEntry = section !== '' && section !== 'http-basic';
    const what = isEntry ? `the entry under \`${section}\`` : 'those';
    const wins = isEntry ? 'wins' : 'win';
    switch (by) {
        case 'environment':
            return `${what} in the variable COMPOSER_AUTH ${wins}`;
        case 'url':
            return `the user name and password in a repository’s URL in ${source} win`;
        case 'manifest':
            return `${what} under \`config\` in ${source} ${wins}`;
        default:
            return `${what} in ${source} ${wins}`;
    }
}
function sentenceEnd({ host, fails, sent }) {
    if (!sent)
        return `. This action cannot send such credentials, so ${host} was not checked.`;
    if (fails === undefined)
        return '. They work, so this is a warning.';
    const { notReceived, status, packages } = fails;
    const answers = status === undefined ? '' : ` (HTTP ${status})`;
    if (packages.length > 0) {
        return `, and ${host} does not give ${phrases_namesOf(packages)} to them${answers}.`;
    }
    if (notReceived)
        return `, and ${host} says that no keys arrived${answers}.`;
    return `, and ${host} does not accept them${answers}.`;
}
function credentials_overridden_composerSaysOf({ url, status, packages: [name] }) {
    if (status === undefined && name !== undefined)
        return notFound(name);
    return url === undefined || status === undefined ? undefined : composerFailureMessage(url, { kind: 'status', status });
}
const COMMITTED = 'If they were committed, they are exposed: create new keys.';
function byPlace(finding) {
    const { by, source, section, host, fails } = finding;
    const who = 'Anyone who can edit this workflow, or the file that is named.';
    if (section === 'bearer' || section === 'custom-headers' || section === 'client-certificate') {
        const since = section === 'bearer' ? '' : ' since version 2.9';
        return {
            fix: [
                `Remove the entry for ${host} from \`${section}\` in ${by === 'environment' ? 'the secret that COMPOSER_AUTH is set from' : source}.`,
                // What the host has just refused is not what it wants.
                ...(fails === undefined
                    ? [`Or, if it is what ${host} wants, do not pass other credentials for it to this step.`]
                    : []),
            ],
            who: by === 'environment' ? WORKFLOW_EDITOR : who,
            background: `Composer sends one thing to a host, and of two sections it takes \`${section}\` before \`http-basic\`${since}, wherever they are.`,
        };
    }
    switch (by) {
        case 'environment':
            return {
                fix: [
                    `Remove ${host} from the secret that COMPOSER_AUTH is set from, or do not set it for the step that runs Composer.`,
                    'Or pass that secret to the input `composer-auth`: this step’s keys then win for their host.',
                    'Or add `env` to `auth-location`, so that this step’s credentials win there too.',
                ],
                who: WORKFLOW_EDITOR,
                background: `COMPOSER_AUTH wins over the auth.json in Composer’s home${ruleOf(finding)}.`,
            };
        case 'project-auth':
            return {
                fix: [
                    `Remove ${host} from ${source}. ${COMMITTED}`,
                    'Or set `auth-location: project`: this step then replaces the entry until the job ends.',
                ],
                who: withNewKeys(who),
                background: `An auth.json beside composer.json wins over the one in Composer’s home${ruleOf(finding)}.`,
            };
        case 'manifest':
            return {
                fix: [
                    `Remove \`http-basic\` for ${host} from \`config\` in ${source}. ${COMMITTED}`,
                    'Or set `auth-location: project`, which wins over composer.json.',
                ],
                who: withNewKeys('Anyone who can edit composer.json, or this workflow.'),
            };
        case 'url':
            return {
                fix: [
                    `Remove user name and password from the URL in ${source}. ${COMMITTED}`,
                    ...(fails === undefined ? ['If they are the right ones, pass them to the input `composer-auth`.'] : []),
                ],
                who: withNewKeys(fails === undefined ? 'Anyone who can edit composer.json and this workflow.' : PROJECT_EDITOR),
            };
        case 'home-config':
        case 'home-auth':
            return {
                fix: [`Add \`global\` to \`auth-location\`, or remove ${host} from ${source}.`],
                who,
                background: 'This step’s credentials are in another place than those that the coming Composer command reads.',
            };
    }
}
/** The rule that depends on the version, where it decided. */
function ruleOf({ by, installed }) {
    const about = by === 'environment'
        ? ' and, since Composer 2.7.8, the project’s auth.json'
        : ' and, before Composer 2.7.8, COMPOSER_AUTH';
    return `${about}${installed === undefined ? '' : ` (${installed} is installed)`}`;
}

;// CONCATENATED MODULE: ./lib/problems/connection-messages.js

/** What Composer prints for a connection that fails; undefined where it depends on curl's version. */
function connectionFailureSays(url, failure) {
    const { hostname, port, protocol } = new URL(url);
    const usual = protocol === 'https:' ? '443' : '80';
    const at = `${hostname} port ${port === '' ? usual : port}`;
    const curl = (code, text) => composerFailureMessage(url, { kind: 'curl', code, text });
    switch (failure.type) {
        case 'dns':
            // Composer puts this line before curl's, and it is the one that people search for.
            return `The following exception probably indicates you are offline or have misconfigured DNS resolver(s) ${curl(6, `Could not resolve host: ${failure.host}`)}`;
        case 'refused':
        case 'network':
            return curl(7, `Failed to connect to ${at}`);
        case 'connect-timeout':
            return curl(28, 'Connection timed out');
        case 'timeout':
            return curl(28, 'Operation timed out');
        case 'reset':
            return curl(56, 'Recv failure: Connection reset by peer');
        case 'closed':
            return curl(52, 'Empty reply from server');
        case 'tls':
            return speaksNoTls(failure.code) || failure.code === 'ERR_TLS_CERT_ALTNAME_INVALID'
                ? undefined
                : curl(60, `SSL certificate problem: ${tlsReason(failure.code)}`);
        case 'proxy-refused':
            return curl(56, `CONNECT tunnel failed, response ${failure.status}`);
        case 'proxy-unreachable':
            return failure.code === 'ENOTFOUND'
                ? curl(5, 'Could not resolve proxy')
                : curl(7, 'Failed to connect to the proxy');
        case 'proxy-malformed':
            return `Unable to use a proxy: malformed ${failure.variable} url`;
        case 'truncated':
            return curl(18, 'transfer closed with outstanding read data remaining');
        case 'undecodable':
            return failure.problem === 'trailing'
                ? curl(23, 'Failed writing received data to disk/application')
                : curl(61, 'Unrecognized or bad HTTP Content or Transfer-Encoding');
        case 'redirect-without-location':
            return composerFailureMessage(url, { kind: 'redirect-without-location', status: failure.status });
        case 'redirect-loop':
            return composerFailureMessage(url, { kind: 'not-json' });
        default:
            return undefined;
    }
}
/** Whether the two sides came to no certificate at all. */
function speaksNoTls(code) {
    return code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER';
}
/** What a code of OpenSSL or Node means, in the words that curl uses where it has some. */
function tlsReason(code) {
    switch (code) {
        case 'DEPTH_ZERO_SELF_SIGNED_CERT':
            return 'self-signed certificate';
        case 'SELF_SIGNED_CERT_IN_CHAIN':
            return 'self-signed certificate in certificate chain';
        case 'UNABLE_TO_GET_ISSUER_CERT':
        case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
        case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
            return 'unable to get local issuer certificate';
        case 'CERT_HAS_EXPIRED':
            return 'certificate has expired';
        case 'CERT_NOT_YET_VALID':
            return 'certificate is not yet valid';
        case 'ERR_TLS_CERT_ALTNAME_INVALID':
            return 'the certificate is for another host name';
        case 'EPROTO':
        case 'ERR_SSL_WRONG_VERSION_NUMBER':
            return 'the other side does not speak TLS, or none of the same version';
        default:
            return 'the TLS handshake failed';
    }
}

;// CONCATENATED MODULE: ./lib/problems/download-token-rejected.js




const downloadTokenRejected = {
    title: 'The download token is rejected',
    atMost: 'error',
    severity: ({ asked }) => (asked?.came.type === 'refusal' ? 'error' : 'warning'),
    byCredentials: always,
    explain(finding, site) {
        const { asked } = finding;
        if (asked === undefined)
            return doubtful(finding);
        return asked.came.type === 'refusal'
            ? refused({ ...finding, asked }, site)
            : unconfirmed({ ...finding, asked }, site);
    },
};
const PAGE = 'account.magento.com → Account Settings → Downloads Access Token';
/** Forms that tell which value is where. */
const IN_PLACE = ['exchanged', 'both-halves'];
const OWNER = 'The owner of the MAGEID, with someone who can edit this repository’s secrets.';
function refused(finding, site) {
    const { host, forms, status, asked } = finding;
    const perhapsBlocked = status === 403 && forms.length === 0;
    const [address, team] = asked.proxy === undefined
        ? ['this runner', site.selfHosted === false ? undefined : 'the team that runs this runner’s network']
        : ['the proxy', 'the team that runs the proxy'];
    const why = perhapsBlocked
        ? `the token was replaced or mistyped, is another MAGEID’s, or a firewall blocks ${address}`
        : 'the token was replaced or mistyped, or is another MAGEID’s';
    return {
        cause: forms.length === 0
            ? `${host} refuses this MAGEID with this token (HTTP ${status})${through(asked)}: ${why}.`
            : [...forms.map(inWords), `${host} refuses them (HTTP ${status}).`].join(' '),
        fix: download_token_rejected_stepsFor(forms, [
            `Sign in with the MAGEID, and copy the token: ${PAGE}. Generating a new one replaces the old one, which then stops working everywhere.`,
            `Save both in the secrets for \`mage-id\` and \`download-token\` (${SECRETS}).`,
            ...(perhapsBlocked
                ? [`If that is refused too, try another network: if it works there, a firewall blocks ${address}.`]
                : []),
        ]),
        // Whoever has both values already needs no account.
        who: forms.some(({ form }) => IN_PLACE.includes(form))
            ? WORKFLOW_EDITOR
            : `${OWNER.slice(0, -1)}${perhapsBlocked ? `; for a firewall, ${team ?? `whoever runs ${host}`}` : ''}.`,
        composerSays: undefined,
        background: 'A MAGEID has one download token at a time. It is no access key: Composer has nothing to do with it.',
        evidence: evidenceOf({ ...asked, status, serverText: undefined }),
    };
}
function unconfirmed(finding, site) {
    const { status, asked } = finding;
    return {
        title: 'The download service could not be confirmed',
        cause: `${unlikeHelp(finding)} So it is not known whether the token works.`,
        ...mending(finding, site),
        composerSays: undefined,
        background: 'Adobe describes this service, and nobody outside Adobe knows for how long it will answer: so this is a warning. Composer does not need it.',
        evidence: evidenceOf({ ...asked, status, serverText: undefined }),
    };
}
const AGAIN = 'Run the job again: the trouble may have passed.';
const TRY = 'Try a download in a later step, as “Downloads of archives and patches” in the README shows: if it works, the token is right.';
/** The fallback of the input `download-url`. */
const USUAL = 'https://www.magentocommerce.com/products/downloads/';
function mending({ host, status, asked }, site) {
    const { came } = asked;
    if (came.type === 'elsewhere') {
        return {
            fix: ['If the service has moved, set `download-url` to its new address.', TRY],
            who: 'Anyone who can edit this workflow.',
        };
    }
    const place = `Correct \`download-url\`; unless Adobe has moved the service, it is \`${USUAL}\`.`;
    if (status === 404 || status === 410) {
        return {
            fix: [place, TRY],
            who: `Anyone who can edit this workflow; if the address is right, whoever runs ${host}.`,
        };
    }
    // A page may be a firewall's or a proxy's, or stand at another address.
    return {
        fix: came.type === 'page' ? [AGAIN, place, TRY] : [AGAIN, TRY],
        who: otherwiseNetworkTeam(`${RERUNS} and edit this workflow`, { host, proxy: asked.proxy }, site),
    };
}
/** A sentence on what came in place of the help. */
function unlikeHelp(finding) {
    const { host, status, asked } = finding;
    const where = `for info/help${through(asked)}`;
    switch (asked.came.type) {
        case 'refusal':
        case 'status':
            return status === 404 || status === 410
                ? `${host} answers ${statusOf({ status })} ${where}: \`download-url\` is wrong, or the service has moved.`
                : `${host} answers ${statusOf({ status })} ${where}${eachTime(asked)}.`;
        case 'page':
            return `${host} answers with a web page ${where}: for maintenance, or for signing in.`;
        case 'elsewhere':
            return `${host} redirects to ${asked.answeredBy ?? 'another place'}, which the token is not sent to.`;
        case 'failure':
            return `No complete answer from ${host} ${where}${eachTime(asked)}: ${download_token_rejected_failed(asked.came.failure)}.`;
    }
}
function download_token_rejected_failed(failure) {
    switch (failure.type) {
        case 'dns':
            return failure.unknown ? `DNS does not know ${failure.host}` : `DNS gave no answer for ${failure.host}`;
        case 'refused':
            return 'the connection was refused';
        case 'reset':
        case 'closed':
        case 'truncated':
            return 'the connection was broken off';
        case 'connect-timeout':
        case 'timeout':
            return 'it took too long';
        case 'tls':
            return speaksNoTls(failure.code)
                ? 'the other side does not speak TLS'
                : `its certificate is not trusted (${tlsReason(failure.code)})`;
        case 'trust-file':
            return `${failure.source} names certificates that cannot be used`;
        case 'proxy-refused':
            return `the proxy answers ${failure.status}`;
        case 'proxy-unreachable':
            return 'the proxy cannot be reached';
        case 'proxy-malformed':
        case 'proxy-unsupported':
            return `the variable ${failure.variable} names no proxy that can be used here`;
        case 'redirect-loop':
        case 'redirect-without-location':
        case 'redirect-downgrade':
        case 'redirect-unusable':
            return 'it redirects to nowhere';
        case 'insecure':
        case 'leaves-machine':
            return 'the way there is http, over which no token is sent to another machine';
        case 'network':
        case 'too-large':
        case 'too-much':
        case 'too-many-values':
        case 'undecodable':
        case 'malformed':
        case 'unasked':
            return 'what came is not an answer that can be read';
    }
}
function doubtful({ forms }) {
    return {
        title: 'This does not look like a MAGEID with its token',
        cause: forms.map(inWords).join(' '),
        fix: download_token_rejected_stepsFor(forms, [
            `Copy the token from ${PAGE}, and the MAGEID from the same account, and save each in its secret.`,
        ]),
        who: forms.some(({ form }) => IN_PLACE.includes(form)) ? WORKFLOW_EDITOR : OWNER,
        composerSays: undefined,
    };
}
/** A sentence that never repeats the value. */
function inWords({ input, form }) {
    const both = input === 'both';
    const name = both ? '`mage-id` and `download-token`' : `\`${input}\``;
    switch (form) {
        case 'exchanged':
            return `${name} hold each other’s value.`;
        case 'access-key':
            return `${name} ${both ? 'look like access keys' : 'looks like an access key'} (32 characters), which Composer takes.`;
        case 'both-halves':
            return `${name} holds MAGEID and token joined by a colon.`;
        case 'email':
            return `${name} holds an e-mail address.`;
        case 'other':
            return input === 'download-token'
                ? `${name} does not have the form of a download token (40 hexadecimal characters).`
                : `${name} does not have the form of a MAGEID (“MAG” and digits).`;
    }
}
/** What to do: where the form tells which value is where, that is all. */
function download_token_rejected_stepsFor(forms, otherwise) {
    const found = new Set(forms.map(({ form }) => form));
    if (found.has('exchanged'))
        return ['Swap the secrets of the two inputs.'];
    if (found.has('both-halves')) {
        return [
            'Save what is before the colon in the secret for `mage-id`, and what follows it in the one for `download-token`.',
        ];
    }
    const keys = found.has('access-key')
        ? ['Pass access keys to `public-key` and `private-key`: they are for Composer, not for downloads.']
        : [];
    return [...keys, ...otherwise];
}

;// CONCATENATED MODULE: ./lib/problems/input-invalid.js


const inputInvalid = {
    title: 'An input is invalid',
    atMost: 'error',
    severity: () => 'error',
    byCredentials: never,
    explain: ({ input, wrong, fix }) => ({
        cause: `The input \`${input}\` ${wrong}.`,
        fix,
        who: input === 'composer-auth' ? WORKFLOW_EDITOR : 'Anyone who can edit this workflow.',
        composerSays: undefined,
        background: 'Nothing was written and nothing was checked. This step fails also with `fail-on-error: false`: what was meant is not known.',
    }),
};

;// CONCATENATED MODULE: ./lib/problems/insecure-url.js


const insecureUrl = {
    title: 'A URL is not https, which Composer refuses',
    atMost: 'error',
    severity: ({ needed }) => (needed ? 'error' : 'warning'),
    byCredentials: never,
    explain: (finding) => ({
        cause: `${insecure(finding)}, and Composer refuses http while \`secure-http\` is on.`,
        fix: finding.what === 'repository'
            ? [
                finding.schemeless
                    ? 'Write `https://` in front of the host in composer.json.'
                    : 'Replace `http://` with `https://` in composer.json.',
                'If there is a composer.lock, run `composer update --lock`.',
            ]
            : [
                `Name the repository with \`https://\` in composer.json, and run ${updateOf(finding.packages)}.`,
                `If the new composer.lock still has http, ask whoever runs ${finding.host} to serve it over https.`,
            ],
        who: finding.what === 'repository'
            ? PROJECT_EDITOR
            : `${PROJECT_EDITOR.slice(0, -1)}; if the lock stays as it is, whoever runs ${finding.host}.`,
        composerSays: `Your configuration does not allow connections to ${finding.schemeless ? `http://${finding.url}` : finding.url}. See https://getcomposer.org/doc/06-config.md#secure-http for details.`,
    }),
};
function insecure({ what, schemeless, url, packages }) {
    if (what === 'archive')
        return `composer.lock downloads ${phrases_namesOf(packages)} over http`;
    return schemeless
        ? `The repository ${url} has no scheme, which Composer reads as http`
        : `The repository ${url} uses http`;
}

;// CONCATENATED MODULE: ./lib/problems/workflow-inputs.js
/** What the workflow's own file tells about the inputs of this step, and the words for it. */
/** One sentence, “The workflow sets `public-key` from `secrets.A`.”, for what can be named; none where nothing can. */
function takenFrom(inputs) {
    const named = inputs.flatMap(({ input, takes, from }) => {
        const first = alternatives(takes);
        if (first === undefined)
            return [];
        const second = alternatives(from);
        return [`\`${input}\` from ${first}${second === undefined ? '' : ` (filled from ${second})`}`];
    });
    return named.length === 0 ? [] : [`The workflow sets ${named.join(' and ')}.`];
}
function alternatives(references) {
    const names = references.flatMap(({ context, name }) => name === undefined || context === 'other' ? [] : [`\`${context}.${name}\``]);
    return names.length === 0 ? undefined : names.join(' or ');
}

;// CONCATENATED MODULE: ./lib/problems/keys-malformed.js




const keysMalformed = {
    title: 'This does not look like an access key',
    atMost: 'error',
    severity({ shape }, { rejected }) {
        if (shape === 'surrounding-white-space')
            return 'notice';
        // Accepted all the same, or nobody asked: then it is an opinion about a form that Adobe does not promise.
        return rejected ? 'error' : 'warning';
    },
    byCredentials: always,
    explain(finding) {
        const { shape, host, source, status, rejectedAt } = finding;
        const { what, why = '', fix } = keys_malformed_SHAPES[shape];
        return {
            ...(shape === 'surrounding-white-space' ? { title: 'White space around a key was ignored' } : {}),
            cause: [
                what(keys_malformed_nameOf(finding), finding),
                why,
                ...(rejectedAt === undefined ? [] : [`It is rejected (HTTP ${status}).`]),
                ...takenFrom(source?.inputs ?? []),
            ]
                .filter((part) => part !== '')
                .join(' '),
            fix: typeof fix === 'function' ? fix(finding) : fix,
            // Whoever needs no other key needs no account either.
            who: typeof fix === 'function' ? keyOwner(host) : WORKFLOW_EDITOR,
            composerSays: rejectedAt === undefined
                ? undefined
                : composerFailureMessage(rejectedAt, { kind: 'status', status: status ?? 401 }),
        };
    },
};
function keys_malformed_nameOf({ input, inComposerAuth, host }) {
    if (!inComposerAuth)
        return input === 'both' ? '`public-key` and `private-key`' : `\`${input}\``;
    const half = { both: 'username` and `password', 'public-key': 'username', 'private-key': 'password' }[input];
    return `In \`composer-auth\`, \`${half}\` of ${host}`;
}
const ONE_DOLLAR = 'Write `${{ secrets.NAME }}`, with one dollar sign and both pairs of braces.';
const FOR_DOWNLOADS = 'If downloads are all that you want, pass MAGEID and token to the inputs `mage-id` and `download-token`.';
/** How to copy the right pair once more. */
function copyAgain(finding) {
    const { host, inComposerAuth } = finding;
    if (!isAdobe(host))
        return anotherPair(finding);
    const there = inComposerAuth ? `them in the entry for ${host}` : 'each in its secret';
    return [`Copy both halves of the pair from ${ACCESS_KEYS} again, and save ${there}.`];
}
function anotherPair({ host, inComposerAuth }) {
    return newKeys(host, inComposerAuth);
}
/** Of what is for downloads. */
function instead(finding) {
    const [get = '', ...rest] = anotherPair(finding);
    return [FOR_DOWNLOADS, `Otherwise ${lowered(get)}`, ...rest];
}
const keys_malformed_SHAPES = {
    email: {
        what: (name, { host }) => isAdobe(host)
            ? `${name} holds an e-mail address, but ${host} takes access keys.`
            : `${name} holds an e-mail address, which is seldom the user name of a Composer repository.`,
        fix: anotherPair,
    },
    'mage-id': {
        what: (name, { host }) => `${name} holds a MAGEID, but ${host} takes access keys. A MAGEID is for downloads of archives and patches.`,
        fix: instead,
    },
    'download-token': {
        what: (name, { host }) => `${name} looks like a downloads access token (40 hexadecimal characters), but ${host} takes access keys.`,
        fix: instead,
    },
    json: {
        what: (name) => `${name} holds a JSON document, but takes a single key.`,
        fix: [
            'Pass the whole document to the input `composer-auth`, and leave out `public-key` and `private-key`.',
            'Or save its `username` (the public key) and `password` (the private key) in a secret each.',
        ],
    },
    pem: {
        what: (name) => `${name} holds a key in PEM form, as SSH and TLS use. A private key of Commerce Marketplace is 32 characters on one line.`,
        fix: anotherPair,
    },
    url: {
        what: (name) => `${name} holds a URL, but takes a single key.`,
        fix: copyAgain,
    },
    pair: {
        what: (name) => `${name} holds two keys joined by a colon.`,
        fix: [
            'Save what is before the colon in the secret for `public-key`, and what follows it in the one for `private-key`.',
        ],
    },
    labelled: {
        what: (name) => `${name} holds a label in front of the key, such as “key:”.`,
        fix: ['Save the secret again with the key alone, without label and quotation marks.'],
    },
    placeholder: { what: (name) => `${name} holds a placeholder from an example instead of a key.`, fix: copyAgain },
    masked: {
        what: (name) => `${name} holds dots, asterisks or the like: it was copied from a page or log that hides the key.`,
        fix: copyAgain,
    },
    expression: {
        what: (name) => `${name} holds the text of an expression that GitHub did not evaluate.`,
        why: 'GitHub evaluates `${{ … }}` in workflow files only, never inside a secret.',
        fix: [ONE_DOLLAR, 'In the secret, save the key itself.'],
    },
    dollar: {
        what: (name) => `${name} begins with a dollar sign, as \`$\${{ secrets.NAME }}\` leaves one in front of the value.`,
        fix: [ONE_DOLLAR],
    },
    variable: {
        what: (name) => `${name} holds the name of a shell variable instead of its value: no shell reads the inputs of a step.`,
        fix: [
            'Write `${{ secrets.NAME }}`, or `${{ env.NAME }}`.',
            'If the secret itself holds the name, save the key there.',
        ],
    },
    'equal-halves': {
        what: (name) => `${name} hold the same value, but a pair has two different halves.`,
        fix: copyAgain,
    },
    quotes: {
        what: (name) => `${name} begins or ends with a quotation mark, which Composer sends as part of the key.`,
        fix: ['Save the secret again without the quotation marks.'],
    },
    'inner-white-space': {
        what: (name, { characters }) => `${name} has ${enumeration(characters)} inside, and a key has no such character.`,
        fix: copyAgain,
    },
    'surrounding-white-space': {
        what: (name, { characters }) => `${capitalised(enumeration(characters))} before or after ${name} ${characters.length === 1 ? 'was' : 'were'} removed before use.`,
        why: 'Other tools that read the same secret may not do so.',
        fix: ['Save the secret again without it: `gh secret set NAME` asks for the value and adds nothing.'],
    },
    length: {
        what: (name, { length }) => `${name} has ${length} ${length === 1 ? 'character' : 'characters'} instead of 32. ${lengthCause(length)}`,
        fix: copyAgain,
    },
};
/** What usually makes a key of 32 characters this long. */
function lengthCause(length) {
    if (length > 27 && length < 32)
        return 'Its beginning or end was lost when it was copied.';
    if (length === 36)
        return 'A UUID, which is another kind of id, has 36.';
    if (length > 32 && length < 37)
        return 'Something before or after it was copied too.';
    if (length === 64 || length === 65)
        return 'Two keys were saved in one secret, or one key twice.';
    return 'This is something else, such as a key of another service.';
}

;// CONCATENATED MODULE: ./lib/problems/empty-sources.js
/** Why keys are empty, by what the workflow takes them from: a secret, a variable, an input, or the result of a step or job. */

/** Where the values come from in the end, as far as that has a name. */
function endsOf(inputs) {
    const ends = inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes));
    return ends.filter(({ context, name }) => name !== undefined && context !== 'other');
}
/** The names in some contexts that the values come from, as they are shown. */
function namesIn(inputs, ...contexts) {
    const names = endsOf(inputs ?? []).flatMap(({ context, name }) => contexts.includes(context) && name !== undefined ? [`\`${name}\``] : []);
    return [...new Set(names)];
}
/** A step for secrets whose names are right as far as is known. */
function areFilled(names) {
    return names.length === 0
        ? 'Check that the secret of that name exists and is not empty.'
        : `Check that ${enumeration(names)} ${names.length === 1 ? 'exists' : 'exist'} under ${SECRETS} and ${isOrAre(names)} not empty.`;
}
const OTHER_KEY_CAME = 'The other key arrived, so this one’s name is misspelled, or its secret is empty.';
/** The cause for the first kind of place that the keys come from; the others are rare beside it. */
function namedCause(one, source) {
    const secrets = namesIn(source?.inputs, 'secrets');
    if (secrets.length > 0)
        return emptySecret(one, secrets, source);
    const variables = namesIn(source?.inputs, 'vars');
    if (variables.length > 0) {
        return {
            cause: `${enumeration(variables)} ${isOrAre(variables)} read from \`vars\`, which holds no secrets.`,
            fix: ['Save the keys as secrets, which the log masks, and use `secrets.` instead of `vars.`.'],
        };
    }
    const environment = namesIn(source?.inputs, 'env');
    if (environment.length > 0) {
        return {
            cause: `${enumeration(environment)} ${environment.length === 1 ? 'was' : 'were'} empty in the environment when the step began.`,
            fix: [
                'Use the secret directly: `${{ secrets.NAME }}`.',
                `Or fill ${enumeration(environment)} under \`env:\`; a reusable workflow does not see the variables of its caller.`,
            ],
        };
    }
    const inputs = namesIn(source?.inputs, 'inputs');
    if (inputs.length > 0) {
        return {
            cause: `${enumeration(inputs)}, which this workflow was called or started with, ${isOrAre(inputs)} empty.`,
            fix: ['Pass the keys as secrets where the workflow is called: a workflow’s inputs are not masked.'],
        };
    }
    return emptyResult(source);
}
/** Outputs of a job lose what GitHub takes for a secret; those of a step do not. */
function emptyResult(source) {
    const results = namesIn(source?.inputs, 'steps', 'needs');
    const instead = 'Or use the secret in this step itself: `${{ secrets.NAME }}`.';
    return namesIn(source?.inputs, 'needs').length === 0
        ? {
            cause: `${enumeration(results)} ${isOrAre(results)} empty: the step did not run, or did not set ${results.length === 1 ? 'it' : 'them'}.`,
            fix: ['In the log, see whether that step ran, before this one, and what it did.', instead],
        }
        : {
            cause: `${enumeration(results)} ${isOrAre(results)} empty: GitHub drops a job output whose value contains a secret.`,
            fix: [
                'Use the secret in this step itself: `${{ secrets.NAME }}`.',
                'Or see whether the job that sets the output ran: one that was skipped sets none.',
            ],
        };
}
function emptySecret(one, secrets, source) {
    const listed = enumeration(secrets);
    const single = secrets.length === 1;
    const environment = source?.environment === true
        ? 'Look at the secrets of the job’s environment too: they take precedence over those of the repository.'
        : `If ${single ? 'it belongs' : 'they belong'} to an environment, add \`environment: <name>\` to the job.`;
    return {
        cause: one ? OTHER_KEY_CAME : '',
        fix: [
            `Under ${SECRETS}, check that ${listed} ${single ? 'exists' : 'exist'}, with exactly this spelling; if ${single ? 'it does, save it' : 'they do, save them'} again. An organisation’s secret must be shared with this repository.`,
            environment,
            ...(source?.called === true
                ? ['This is a reusable workflow: the job that calls it must be able to read the secret, and pass it on.']
                : []),
        ],
    };
}
function isOrAre({ length }) {
    return length === 1 ? 'is' : 'are';
}
/** What can be said where the workflow's line is not known. */
function unnamedCause(missing) {
    const [input] = missing;
    if (missing.length === 1) {
        return {
            cause: OTHER_KEY_CAME,
            fix: [
                `Compare the secret’s name on the \`${input}:\` line of the workflow with the names under ${SECRETS}.`,
                'If the secret exists, save it again.',
            ],
        };
    }
    return {
        cause: 'A secret that does not exist, or is not shared with this job, reads as empty.',
        fix: [
            `Compare the secrets’ names in this step with those under ${SECRETS}. An organisation’s secret must be shared with this repository.`,
            'In a reusable workflow, pass them where it is called (`secrets: inherit`). In a composite action, pass the keys as its inputs.',
            'For secrets of an environment, add `environment: <name>` to the job.',
        ],
    };
}

;// CONCATENATED MODULE: ./lib/problems/keys-missing.js





const keysMissing = {
    title: 'The keys are missing',
    atMost: 'error',
    severity: (_, { composerManages }) => (composerManages ? 'warning' : 'error'),
    byCredentials: always,
    explain(finding) {
        if (isForDownloads(finding))
            return noDownloads(finding);
        const { cause, who = WORKFLOW_EDITOR, ...reason } = reasonFor(finding);
        const [taken = ''] = takenFrom(finding.source?.inputs ?? []);
        const written = finding.others ? 'What `composer-auth` holds for other hosts was written.' : 'Nothing was written.';
        const empties = 'GitHub passes an empty string for a secret that does not exist or that the run may not read.';
        return {
            ...reason,
            // What is known beyond the names goes before them.
            cause: joined([empty(finding), cause === '' ? taken : cause]),
            who,
            composerSays: composerFailureMessage(finding.url, { kind: 'status', status: 401 }),
            background: joined([cause === '' ? '' : taken, written, empties]),
        };
    },
};
/** Whether the step wants no keys, but MAGEID and token, which came empty as well. */
function isForDownloads({ source }) {
    return (source?.forDownloads === true &&
        source.inputs.every(({ set, misspelt }) => set === 'absent' && misspelt === undefined));
}
function noDownloads({ why }) {
    const cause = '`mage-id` and `download-token` are empty, and the step sets no keys.';
    const rest = {
        title: 'MAGEID and download token are missing',
        who: WORKFLOW_EDITOR,
        composerSays: undefined,
        background: 'GitHub passes an empty string for a secret that does not exist or that the run may not read.',
    };
    switch (why) {
        case 'fork':
            return {
                ...rest,
                cause: `${cause} This run is for a pull request from a fork, and GitHub gives such runs no secrets.`,
                fix: [
                    'Set `if-keys-missing: ignore`, and skip what needs the downloads when the output `status` is `skipped`.',
                ],
                who: 'A maintainer of this repository; the author of the pull request cannot change it.',
            };
        case 'dependabot':
            return {
                ...rest,
                cause: `${cause} Dependabot started this run, and such runs read Dependabot’s secrets only.`,
                fix: [
                    `Add both under ${DEPENDABOT_SECRETS}, with the same names.`,
                    'Or set `if-keys-missing: ignore` for these runs.',
                ],
            };
        case 'forked-repository':
        case 'unknown':
            return {
                ...rest,
                cause,
                fix: [`Compare the secrets’ names in this step with those under ${SECRETS}.`],
            };
    }
}
function empty({ missing, dollar, host, others }) {
    const inputs = enumeration(missing.map((input) => `\`${input}\``));
    const one = missing.length === 1;
    if (dollar)
        return `${inputs} ${one ? 'holds' : 'hold'} only a dollar sign instead of ${one ? 'a key' : 'keys'} for ${host}.`;
    return others
        ? `${inputs} ${one ? 'is' : 'are'} empty, and \`composer-auth\` has no entry for ${host}.`
        : `${inputs} ${one ? 'is' : 'are'} empty, so there are no keys for ${host}.`;
}
/** From what is certain to what is likely. */
function reasonFor(finding) {
    const { missing, dollar, why, source } = finding;
    const unset = source?.inputs.filter(({ set }) => set !== 'expression') ?? [];
    if (unset.length > 0)
        return notSet(unset);
    if (dollar) {
        return {
            cause: 'That is what `$${{ secrets.NAME }}` leaves of an empty secret.',
            fix: ['Write `${{ secrets.NAME }}`, with one dollar sign.', whyEmpty(why, source)],
        };
    }
    // One key that came proves that the run may read secrets.
    if (missing.length > 1 && why === 'fork')
        return fork(finding);
    if (missing.length > 1 && why === 'dependabot') {
        return {
            title: 'The keys are missing: Dependabot reads other secrets',
            cause: 'Dependabot started this run, and such runs read Dependabot’s secrets only.',
            fix: [
                `Add both keys under ${DEPENDABOT_SECRETS}, with the same names${inParentheses(source)}.`,
                'Or set `if-keys-missing: ignore` for these runs.',
            ],
        };
    }
    if (source?.call !== undefined)
        return notHandedOn(source.call, source.inputs);
    if (missing.length > 1 && why === 'forked-repository') {
        return {
            title: 'The keys are missing in this fork',
            cause: 'This repository is a fork, and GitHub copies no secrets into a fork.',
            fix: [
                `Add the two keys of your own account under ${SECRETS} of this fork${inParentheses(source)}.`,
                'Or set `if-keys-missing: ignore`, so that forks pass without keys.',
            ],
        };
    }
    const ends = endsOf(source?.inputs ?? []);
    if (finding.others && missing.length > 1 && ends.length === 0)
        return noEntry(finding);
    return ends.length > 0 ? namedCause(missing.length === 1, source) : unnamedCause(missing);
}
/** The step takes its credentials from `composer-auth`, as far as is known, and this host is not in it. */
function noEntry({ host }) {
    return {
        cause: '',
        fix: [
            `Add an \`http-basic\` entry for ${host} to \`composer-auth\`, or set \`public-key\` and \`private-key\`.`,
            `If both are set, compare the secrets’ names in this step with those under ${SECRETS}.`,
        ],
    };
}
function fork({ host }) {
    return {
        title: 'The keys are missing: forks get no secrets',
        cause: 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.',
        fix: [
            `Set \`if-keys-missing: ignore\`, and skip the steps that need ${host} when the output \`status\` is \`skipped\`.`,
            'Or, for Magento Open Source, use a public mirror in these runs: see “Runs without secrets” in the README.',
        ],
        who: 'A maintainer of this repository; the author of the pull request cannot change it.',
    };
}
function keys_missing_named(inputs) {
    return enumeration(inputs.map(({ input }) => `\`${input}\``));
}
function notSet(inputs) {
    const misspelled = inputs.flatMap(({ misspelt }) => (misspelt === undefined ? [] : [`\`${misspelt}\``]));
    const absent = inputs.filter(({ set, misspelt }) => set === 'absent' && misspelt === undefined);
    const emptied = inputs.filter(({ set }) => set === 'empty');
    const lines = (all) => enumeration(all.map(({ input }) => `\`${input}: \${{ secrets.NAME }}\``));
    const names = inputs.length === 1 ? 'the name of the secret' : 'the names of the two secrets';
    return {
        cause: joined([
            misspelled.length === 0
                ? ''
                : `The step sets ${enumeration(misspelled)}, ${misspelled.length === 1 ? 'which is not an input' : 'which are not inputs'} of this action.`,
            absent.length === 0 ? '' : `The step does not set ${keys_missing_named(absent).replace(' and ', ' or ')}.`,
            emptied.length === 0 ? '' : `The step sets ${keys_missing_named(emptied)} to nothing.`,
        ]),
        fix: [
            ...inputs.flatMap(({ input, misspelt }) => misspelt === undefined ? [] : [`Rename \`${misspelt}:\` to \`${input}:\`.`]),
            ...(absent.length === 0 ? [] : [`Add ${lines(absent)} below \`with:\`, with ${names}.`]),
            ...(emptied.length === 0 ? [] : [`Write ${lines(emptied)}, with ${names}.`]),
        ],
        who: 'Anyone who can edit this workflow.',
    };
}
function notHandedOn(call, inputs) {
    const who = 'Anyone who can edit the calling workflow.';
    const title = 'The keys are missing: the calling workflow does not pass them on';
    if (call.kind === 'no-secrets') {
        return {
            title,
            cause: 'This step is in a reusable workflow, and the job that calls it has no `secrets:`.',
            fix: ['Add `secrets: inherit` to the calling job, next to its `uses:`, or pass the two secrets there by name.'],
            who,
        };
    }
    const names = enumeration(call.names.map((name) => `\`${name}\``));
    const add = `Add ${names} to the calling job’s \`secrets:\`, as \`NAME: \${{ secrets.NAME }}\`, or write \`secrets: inherit\`.`;
    const passed = inputs.filter(({ input }) => !call.inputs.includes(input));
    if (passed.length === 0) {
        return {
            title,
            cause: `This step is in a reusable workflow, and the job that calls it does not pass ${names} under \`secrets:\`.`,
            fix: [add],
            who,
        };
    }
    return {
        title: 'The keys are missing: the calling workflow passes only one on',
        cause: `The job that calls this workflow does not pass ${names}; what it passes for ${keys_missing_named(passed)} is empty.`,
        fix: [add, areFilled(namesIn(passed, 'secrets'))],
        who: 'Anyone who can edit the calling workflow and its repository’s secrets.',
    };
}
function inParentheses(source) {
    const names = namesIn(source?.inputs, 'secrets');
    return names.length === 0 ? '' : ` (${enumeration(names)})`;
}
/** What to look at once the dollar sign is gone. */
function whyEmpty(why, source) {
    if (why === 'fork')
        return 'This run is for a pull request from a fork, which gets no secrets: set `if-keys-missing: ignore` to let it pass.';
    if (why === 'dependabot') {
        return `Dependabot started this run: add the secrets${inParentheses(source)} under ${DEPENDABOT_SECRETS} as well.`;
    }
    return areFilled(namesIn(source?.inputs, 'secrets'));
}

;// CONCATENATED MODULE: ./lib/problems/keys-not-received.js


const keysNotReceived = {
    title: 'The keys did not reach the repository',
    atMost: 'error',
    severity: severityAtServer,
    byCredentials: always,
    explain: (finding) => ({
        cause: withMeaning(whatTookThem(finding), finding),
        fix: keys_not_received_stepsFor(finding),
        who: finding.answeredBy === undefined
            ? whoBetween(finding)
            : `Anyone who can edit composer.json and this workflow; if it has not moved, whoever runs ${finding.host}.`,
        composerSays: saysFor(finding),
        background: 'New keys would not help: the server has not seen these.',
        evidence: evidenceOf(finding),
    }),
};
function whatTookThem(finding) {
    const { host, answeredBy, proxy } = finding;
    if (answeredBy !== undefined) {
        return `${answers(finding)} ${statusOf(finding)} and says that no keys arrived: those for ${host} are sent to no other host.`;
    }
    return proxy === undefined
        ? `${host} says that no keys arrived, although they were sent: a gateway or mirror in between removed them.`
        : `${host} says that no keys arrived, although they were sent: the proxy ${proxy} probably removed them.`;
}
function whoBetween({ proxy }) {
    return proxy === undefined
        ? 'The team that runs the gateway or mirror.'
        : 'Anyone who can edit this workflow, or the team that runs the proxy.';
}
function keys_not_received_stepsFor({ host, answeredBy, proxy }) {
    if (answeredBy !== undefined) {
        return [
            `If the repository has moved, use its new URL at ${answeredBy} in composer.json and in \`repository-url\`.`,
            `If it has not moved, ask whoever runs ${host} why it redirects.`,
        ];
    }
    return proxy === undefined
        ? [
            `If ${host} is a mirror of yours, have it send its own keys upstream.`,
            'Otherwise have the gateway in front of it pass the `Authorization` header on.',
        ]
        : [
            `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
            'Or have the proxy pass the `Authorization` header on.',
        ];
}

;// CONCATENATED MODULE: ./lib/problems/credentials-from.js



/** “the keys from auth.json”; without a place where the workflow hands them over. */
function theirs(what, from, site) {
    return from.from === 'elsewhere' ? `the ${what} from ${credentials_from_placeOf(from, site)}` : `these ${what}`;
}
/** A sentence on where the workflow takes them from; empty where that is not known. */
function handedOver(from) {
    if (from.from !== 'inputs' && from.from !== 'composer-auth')
        return '';
    const [taken] = takenFrom(from.source?.inputs ?? []);
    return taken ?? (from.from === 'composer-auth' ? 'They come from the input `composer-auth`.' : '');
}
/** Where to save the right ones for a host. */
function saveThem(from, host, site) {
    switch (from.from) {
        case 'inputs': {
            const names = secretsIn(from.source);
            return names === undefined
                ? `Save both halves in the secrets for \`public-key\` and \`private-key\` (${SECRETS}).`
                : `Save both halves in ${names} (${SECRETS}).`;
        }
        case 'composer-auth':
            return `Save them as \`username\` and \`password\` of ${host} in ${secretsIn(from.source) ?? 'the secret that `composer-auth` is filled from'} (${SECRETS}).`;
        case 'nowhere':
            return 'Add them to the input `composer-auth`.';
        case 'elsewhere':
            return `Replace them in ${credentials_from_placeOf(from, site)}, or remove them there and pass the right ones to this action.`;
    }
}
/** The secrets that the workflow takes them from, where those have names. */
function secretsIn(source) {
    const ends = source?.inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes)) ?? [];
    const names = ends.flatMap(({ context, name }) => context === 'secrets' && name !== undefined ? [`\`${name}\``] : []);
    return names.length === 0 ? undefined : enumeration([...new Set(names)]);
}
function credentials_from_placeOf({ by, name: path }, site) {
    const name = shownPath(path, site);
    switch (by) {
        case 'environment':
            return 'the variable `COMPOSER_AUTH`';
        case 'url':
            return `a repository’s URL in ${name}`;
        case 'manifest':
            return `\`config\` in ${name}`;
        case 'project-auth':
        case 'home-config':
        case 'home-auth':
            return name;
    }
}

;// CONCATENATED MODULE: ./lib/problems/keys-rejected.js




const keysRejected = {
    title: 'The repository rejects the keys',
    atMost: 'error',
    severity: severityAtServer,
    byCredentials: always,
    explain: (finding, site) => ({
        // The second step names the secrets as well.
        cause: withMeaning(joined([rejected(finding, site), saysMore(finding) ? '' : handedOver(finding.from)]), finding),
        fix: keys_rejected_stepsFor(finding, site),
        who: isRepeated(finding)
            ? `Whoever runs the mirror; otherwise ${lowered(keyOwner(finding.host))}`
            : keyOwner(finding.host),
        composerSays: saysFor(finding),
        evidence: evidenceOf(finding),
        background: 'The server’s answer is the same for an old pair, a disabled or deleted one, a key that was cut or mistyped when it was copied, and two halves of different pairs. Composer also reads auth.json beside composer.json, the variable `COMPOSER_AUTH`, `config` in composer.json and config.json in its home; an old pair may be in one of them.',
    }),
};
function rejected({ host, serverText, from }, site) {
    return isAdobe(host)
        ? `${host} rejects ${theirs('keys', from, site)} (HTTP 401): they are wrong, disabled or deleted.`
        : withServerText(`${host} rejects ${theirs('credentials', from, site)} (HTTP 401)`, serverText);
}
/** What a repository says that has nothing more to say than its status. Adobe's sentence, which mirrors repeat. */
const KEYS_INVALID = /\b(?:keys|credentials|password|token)\b.*\binvalid\b|\binvalid\b.*\b(?:keys|credentials|password|token)\b/i;
/** Whether the repository explains itself in words that are not known. */
function saysMore({ host, serverText }) {
    return !isAdobe(host) && serverText !== undefined;
}
/** Whether another host rejects keys in Adobe's words, as a mirror does whose own keys fail. */
function isRepeated({ host, serverText = '' }) {
    return !isAdobe(host) && /\b(?:Magento authentication keys|Marketplace account)\b/.test(serverText);
}
function keys_rejected_stepsFor(finding, site) {
    const { host, from } = finding;
    const save = saveThem(from, host, site);
    if (!isAdobe(host)) {
        const get = `Get the current user name and password for ${host} from whoever runs it.`;
        if (isRepeated(finding)) {
            return [
                `If ${host} is a mirror of repo.magento.com, whose words these are, check the keys that it uses there.`,
                get,
                save,
            ];
        }
        return saysMore(finding) && !KEYS_INVALID.test(finding.serverText ?? '')
            ? [
                'Do what the message above asks for (for example, renew a subscription).',
                `If you get new credentials for it, ${lowered(save)}`,
            ]
            : [get, save];
    }
    return [
        'If the keys worked yesterday and nobody changed them, first run the job again later: outages have looked like this.',
        `Look for the public key under ${ACCESS_KEYS}. If it is disabled, enable it; if it is missing, create a new pair.`,
        save,
    ];
}

;// CONCATENATED MODULE: ./lib/problems/keys-swapped.js




const keysSwapped = {
    title: 'Public and private key are swapped',
    atMost: 'error',
    severity: severityAtServer,
    byCredentials: always,
    explain: (finding, site) => ({
        cause: joined([
            `${finding.host} accepts ${theirs('keys', finding.from, site)} only the other way round.`,
            handedOver(finding.from),
        ]),
        fix: [
            finding.from.from === 'inputs'
                ? 'Swap the values of the two secrets, or the two names in the workflow, but not both.'
                : `Swap user name and password ${finding.from.from === 'composer-auth' ? `of ${finding.host} in \`composer-auth\`` : 'there'}.`,
            'Consider a new pair afterwards: to find this out, the private key was sent as a user name, which servers may log.',
        ],
        who: withNewKeys(WORKFLOW_EDITOR),
        composerSays: saysFor(finding),
        background: 'Both halves look alike, so only the server can tell which is which.',
    }),
};

;// CONCATENATED MODULE: ./lib/problems/manifest-invalid.js





const manifestInvalid = {
    title: 'composer.json or composer.lock cannot be read',
    atMost: 'error',
    // Composer reads what is too large for this check, if PHP has the memory.
    severity: ({ reason, stopsOnly }) => (stopsOnly === undefined && reason !== 'too-large' ? 'error' : 'warning'),
    byCredentials: never,
    explain({ place: { path, position }, reason, stopsOnly }, site) {
        const meaning = stopsOnly === undefined
            ? ''
            : ` ${namesOfVersions(stopsOnly)} stop at it; other versions resolve this conflict by themselves.`;
        return {
            ...titleFor(path, reason),
            cause: `${shownPath(path, site)} ${manifest_invalid_wrong(reason, position)}.${meaning}`,
            fix: [stepFor(reason, path)],
            who: 'Anyone who can edit the project.',
            composerSays: manifest_invalid_composerSaysOf(path, reason),
            background: reason === 'too-large'
                ? `This action reads files of up to 64 MiB; composer.json with up to ${manifest_invalid_inWords(MOST_WRITTEN_BY_HAND)} values, composer.lock with up to ${manifest_invalid_inWords(MOST_VALUES)}.`
                : 'Composer stops at such a file before it asks any repository.',
        };
    },
};
/** Of `COMPOSER=other.json` neither name is true. */
function titleFor(path, reason) {
    const [, name] = /(?:^|[\\/])(composer\.(?:json|lock))$/.exec(path) ?? [];
    if (reason === 'too-large')
        return { title: `${name ?? 'A file of the project'} is too large to be checked` };
    return name === undefined ? {} : { title: `${name} cannot be read` };
}
function manifest_invalid_inWords(count) {
    return count.toLocaleString('en');
}
/** As Composer names it: from the folder that it runs in, unless `COMPOSER` names another. Source: `Factory::getComposerFile`. */
function asNamed(path) {
    const name = /(?:^|[\\/])(composer\.(?:json|lock))$/.exec(path)?.[1];
    return name === undefined ? path : `./${name}`;
}
/** Continues the path. */
function manifest_invalid_wrong(reason, position) {
    const at = position === undefined ? '' : `at line ${position.line}, column ${position.column}`;
    switch (reason) {
        case 'single-quotes':
            return `is not valid JSON: ${at === '' ? '' : `${at}, `}it has single quotes instead of double quotes`;
        case 'trailing-comma':
            return `is not valid JSON: ${at === '' ? '' : `${at}, `}it has an extra comma`;
        case 'syntax':
            return `is not valid JSON${at === '' ? '' : `: the mistake is ${at}`}`;
        case 'not-decodable':
            return `is nested too deeply or holds a broken character${at === '' ? '' : ` ${at}`}, so PHP cannot decode it`;
        case 'conflict':
            return `holds the conflict markers of an unfinished merge${at === '' ? '' : ` ${at}`}`;
        default:
            return manifest_invalid_WHOLE[reason];
    }
}
/** What is wrong with a file as a whole, at no place in it. */
const manifest_invalid_WHOLE = {
    empty: 'is empty, which is not valid JSON',
    'not-utf-8': 'is not UTF-8 text',
    'byte-order-mark': 'begins with a byte order mark',
    'not-an-object': 'does not hold a JSON object',
    'too-large': 'is larger than any that a project is known to have, so the packages that it needs were not checked',
    permission: 'cannot be read by this job’s user',
};
function manifest_invalid_composerSaysOf(path, reason) {
    switch (reason) {
        case 'permission':
            return `The file "${asNamed(path)}" is not readable.`;
        // Not known word for word: Composer has no sentence of its own for these.
        case 'too-large':
        case 'not-an-object':
            return undefined;
        case 'byte-order-mark':
            return BOM_DETECTED;
        default:
            return noValidJson(asNamed(path));
    }
}
function stepFor(reason, path) {
    const isLock = path.endsWith('.lock');
    switch (reason) {
        case 'conflict':
            return isLock
                ? 'Take one side of the file as a whole, then run `composer update --lock`, and commit it.'
                : 'Resolve the conflict in that file, and commit it.';
        case 'byte-order-mark':
        case 'not-utf-8':
            return 'Save the file as UTF-8 without a byte order mark.';
        case 'not-an-object':
            return 'Write one JSON object: `{ … }`.';
        case 'permission':
            return 'Give the file to the job’s user: a step that ran as root or in a container may have created it.';
        case 'too-large':
            return 'If a step overwrote the file by mistake, restore it from version control.';
        case 'empty':
            return 'Restore the file from version control, and see which step overwrote it.';
        default:
            return isLock
                ? 'Restore composer.lock from version control, or write it anew with `composer update`.'
                : 'Correct the file at that place; `composer validate` shows the line as well.';
    }
}

;// CONCATENATED MODULE: ./lib/problems/elsewhere.js

/** Why it is only a warning; a sentence, or nothing. */
function whyElsewhere(elsewhere, it) {
    if (elsewhere === undefined)
        return '';
    if (elsewhere.kind === 'package')
        return `This is a warning because another package of the project may provide ${it}.`;
    // Which one is said by the step: the address of a repository may be long.
    return `This is a warning because another repository, which could not be asked, may have ${it}.`;
}
/** The steps, after one that may make them needless. */
function unlessElsewhere(elsewhere, it, steps) {
    if (elsewhere === undefined)
        return [...steps];
    const [first = '', ...rest] = steps;
    const enough = elsewhere.kind === 'package' ? 'If Composer succeeds' : `If ${unasked(elsewhere.names)} has ${it}`;
    return [`${enough}, nothing needs to be done.`, `Otherwise ${lowered(first)}`, ...rest];
}
/** Who can look there, and who can take the other steps. */
function elsewhere_whoElsewhere(elsewhere, who) {
    if (elsewhere?.kind !== 'repositories')
        return who;
    return `Anyone who can look into ${unasked(elsewhere.names)}; otherwise ${lowered(who)}`;
}
function unasked(names) {
    return names.length === 0 ? 'another repository of composer.json' : phrases_namesOf(names);
}

;// CONCATENATED MODULE: ./lib/problems/entitlements.js


function isPublic(family) {
    return family === 'sample-data' || family === 'open-source';
}
/**
 * What packages of a family need at repo.magento.com, by Adobe's own texts.
 *
 * @param locked whether composer.lock names the archives, and keeps their addresses until the packages are updated
 */
function entitlementAtAdobe(family, packages, locked) {
    if (family !== 'extension')
        return PRODUCTS[family];
    const many = packages.length > 1;
    const vendor = vendorOf(packages[0] ?? '');
    const update = locked ? `, and run ${updateOf(packages)}` : '';
    const it = many ? 'them' : 'it';
    const ordered = `Order ${it} in Commerce Marketplace with this account (free ones too), or use keys of the account that ordered ${it}.`;
    const these = many ? 'these extensions' : 'this extension';
    if (vendor === undefined) {
        return {
            lacks: these,
            why: undefined,
            background: 'An extension is visible only to the account that ordered it, even when it is free.',
            fix: [
                ordered,
                `If the vendor sells ${it} from a repository of its own, add that to composer.json, with its credentials${update}.`,
            ],
            who: 'The owner of the Marketplace account; for a vendor’s repository, anyone who can edit composer.json.',
        };
    }
    return {
        lacks: these,
        why: `${vendor.name} sells mostly from its own repository.`,
        fix: [
            `Add ${vendor.name}’s repository (${vendor.repository}) to composer.json, with the credentials of your ${vendor.name} account${update}.`,
            `If you bought ${it} in Commerce Marketplace, use keys of the account that ordered ${it}.`,
        ],
        who: `The owner of your ${vendor.name} account, with someone who can edit composer.json; for Commerce Marketplace, the owner of that account.`,
    };
}
const PRODUCTS = {
    commerce: {
        lacks: 'Adobe Commerce',
        why: undefined,
        background: 'Adobe Commerce needs a paid licence, and keys of the account that holds it.',
        fix: [
            'Use keys that the licence owner created in their own account, not in a shared one.',
            'If these are such keys: check for an unpaid invoice or an ended contract, then create new keys.',
            'If the licence moved to another MAGEID, use keys of the account that holds it now.',
        ],
        who: LICENCE_OWNER,
    },
    b2b: {
        lacks: 'B2B for Adobe Commerce',
        why: undefined,
        background: 'B2B needs an Adobe Commerce licence that includes it.',
        fix: [
            'Use keys that the licence owner created in their own account.',
            'If other Adobe Commerce packages download with these keys, ask Adobe Commerce Support to add B2B to the account.',
        ],
        who: LICENCE_OWNER,
    },
    cloud: {
        lacks: 'Adobe Commerce on Cloud',
        why: undefined,
        background: 'Adobe Commerce on Cloud needs a licence of its own, and keys of the account that holds it.',
        fix: [
            'Use keys of the licence owner, who may be someone other than the owner of the Cloud project.',
            'If these are such keys: check for an unpaid invoice, then create new keys.',
        ],
        who: LICENCE_OWNER,
    },
};
/** What may be wrong with a package of a family that every account sees; `why` goes on behind “although”. */
function publicAtAdobe(family, reason, packages) {
    const probably = reason === 'archive' ? 'this version has probably been withdrawn' : 'the name is probably misspelled';
    const mend = reason === 'archive'
        ? `Run ${updateOf(packages)} to take a version that is there.`
        : 'Check the spelling, and whether this Magento version has that package.';
    if (family === 'sample-data') {
        return {
            why: `every account sees sample data: ${probably}`,
            fix: [mend],
            who: PROJECT_EDITOR,
        };
    }
    return {
        why: `every account sees Magento Open Source: ${probably}, or it belongs to another product`,
        fix: [mend, 'If it belongs to Adobe Commerce, use keys of the licence owner.'],
        who: `${PROJECT_EDITOR.slice(0, -1)}; for Adobe Commerce, the primary contact of the MAGEID.`,
    };
}
/** What packages need at any other host: a vendor's own repository, or a mirror. */
function entitlementElsewhere(host, vendor, family, many) {
    const it = many ? 'them' : 'it';
    const mirror = family === 'extension' ? [] : [`If ${host} is a mirror of repo.magento.com, check the keys that it uses there.`];
    return {
        fix: [
            `Check at ${vendor?.name ?? host} that the account behind these credentials has a current licence for ${it}.`,
            ...mirror,
        ],
        who: `Whoever holds the account at ${vendor?.name ?? host}${mirror.length === 0 ? '' : '; of a mirror, whoever runs it'}.`,
    };
}

;// CONCATENATED MODULE: ./lib/problems/package-filtered.js

function filteredOut({ packages, filter, mayBeElsewhere }) {
    const many = packages.length > 1;
    const it = many ? 'them' : 'it';
    return {
        title: 'A filter in composer.json excludes a package that is required',
        cause: [
            `No repository of composer.json is allowed to serve ${phrases_namesOf(packages)}: ${filter ?? 'its filters leave none'}.`,
            mayBeElsewhere ? `This is a warning because another package may provide ${it}.` : '',
        ]
            .join(' ')
            .trim(),
        fix: [filterStep(filter, it)],
        who: PROJECT_EDITOR,
        composerSays: notFound(packages[0]),
        background: 'A repository with `only` serves nothing else, and one with `exclude` nothing that it lists.',
    };
}
/** Which list to change, where the filter names one. */
function filterStep(filter, it) {
    const of = `of the repository that has ${it}`;
    const add = `Add ${it} to \`only\``;
    const remove = `remove ${it} from \`exclude\``;
    if (filter?.startsWith('`only`'))
        return `${add} ${of}.`;
    if (filter?.startsWith('`exclude`'))
        return `R${remove.slice(1)} ${of}.`;
    return `${add}, or ${remove}, ${of}.`;
}

;// CONCATENATED MODULE: ./lib/problems/package-without-host.js


function withoutHost({ packages, url, cloned }) {
    const many = packages.length > 1;
    const [addresses, theirs] = many ? ['addresses', 'their repository'] : ['an address', 'its repository'];
    return {
        title: 'composer.lock names an address without a host',
        cause: `composer.lock gives ${phrases_namesOf(packages)} ${addresses} without a host${url === undefined ? '' : ` (${url})`}, and there is no such file.${cloned === 'no' ? '' : ` ${CLONING[cloned]}`}`,
        fix: [
            `Run ${updateOf(packages)} with a current Composer, and commit composer.lock.`,
            `If the new composer.lock names no host either, ask the vendor to have ${theirs} name full addresses.`,
        ],
        who: 'Anyone who can edit composer.lock; if that does not help, the vendor.',
        composerSays: url === undefined
            ? undefined
            : `The "${url}" file could not be downloaded: Failed to open stream: No such file or directory`,
        background: 'The repository named its archives relative to itself when the lock was written, and Composer takes such an address for a file of this machine.',
    };
}

;// CONCATENATED MODULE: ./lib/problems/package-denied.js








const packageDenied = {
    title: 'A package that is needed cannot be fetched',
    atMost: 'error',
    // What Composer has already it does not download; what may come from elsewhere may come from there.
    severity: (finding) => mayStillCome(finding) || (finding.reason !== 'filtered' && finding.hiddenBy !== undefined) ? 'warning' : 'error',
    byCredentials: ({ reason }) => reason === 'archive' || reason === 'not-visible',
    explain(finding) {
        switch (finding.reason) {
            case 'archive':
            case 'not-visible':
                return withheld(finding);
            case 'filtered':
                return filteredOut(finding);
            case 'relative-url':
                return withoutHost(finding);
        }
    },
};
/** Whether Composer may get it all the same: from elsewhere, or by cloning it. */
function mayStillCome(finding) {
    const elsewhere = 'mayBeElsewhere' in finding && Boolean(finding.mayBeElsewhere);
    return elsewhere || ('cloned' in finding && finding.cloned !== 'no');
}
const TITLES = {
    commerce: 'These keys have no access to Adobe Commerce',
    b2b: 'These keys have no access to B2B for Adobe Commerce',
    cloud: 'These keys have no access to Adobe Commerce on Cloud',
    extension: 'An extension cannot be fetched with these keys',
};
/** Of what every account sees, so that the keys are not to blame. */
const PUBLIC_TITLES = {
    archive: 'repo.magento.com does not provide an archive of this package',
    'not-visible': 'repo.magento.com does not list this package',
};
/** What helps where a lock was written before composer.json named another place. */
const UPDATE_LOCK = 'If composer.json has moved to a mirror, run `composer update --lock`: the lock still names this host.';
function withheld(finding) {
    const { host, packages, family, reason } = finding;
    if (host === undefined)
        return nowhere(finding);
    if (!isAdobe(host)) {
        const needs = entitlementElsewhere(host, vendorAt(host), family, packages.length > 1);
        return explained(finding, { ...needs, cause: because(finding, notGiven(finding, host), seen(finding, host)) });
    }
    if (isPublic(family)) {
        const { why, ...needs } = publicAtAdobe(family, reason, packages);
        const lead = `${host} does not ${reason === 'archive' ? 'provide' : 'list'} ${phrases_namesOf(packages)}${answer(finding)}, although ${why}.`;
        return { ...explained(finding, { ...needs, cause: because(finding, lead, '') }), title: PUBLIC_TITLES[reason] };
    }
    const { lacks, why, ...needs } = entitlementAtAdobe(family, packages, reason === 'archive');
    const cause = because(finding, noAccess(finding, lacks), why ?? seen(finding, host));
    return { ...explained(finding, { ...needs, cause }), title: TITLES[family] };
}
/** A sentence, and why that is; why it is only a warning goes before that. */
function because(finding, lead, why) {
    return joined([lead, exception(finding) || why]);
}
/** The words, with the steps that come before those for the account. */
function explained(finding, { cause, fix, who, background }) {
    const elsewhere = elsewhereOf(finding);
    const unnamed = finding.reason === 'archive' && finding.unnamed;
    const steps = unlessElsewhere(elsewhere, itOrThem(finding), fix);
    const account = unnamed ? `Anyone who can edit composer.lock; otherwise ${lowered(who)}` : who;
    return {
        cause,
        fix: [...(unnamed ? [UPDATE_LOCK] : []), ...steps].slice(0, 3),
        who: elsewhere_whoElsewhere(elsewhere, account),
        composerSays: package_denied_composerSaysOf(finding),
        ...(background === undefined ? {} : { background }),
    };
}
/** Repositories that cannot be asked here and may have the package, or a package that may provide it. */
function elsewhereOf(finding) {
    return finding.reason === 'not-visible' ? finding.mayBeElsewhere : undefined;
}
function itOrThem({ packages }) {
    return packages.length > 1 ? 'them' : 'it';
}
/** “no access to Adobe Commerce: a, b and 3 more (HTTP 404)”. A 404 of an archive says no more than that at Adobe. */
function noAccess(finding, lacks) {
    const names = `${phrases_namesOf(finding.packages)}${answer(finding)}`;
    return finding.sees === undefined
        ? `These keys have no access to ${lacks}: ${names}.`
        : `The keys work, but this account has no access to ${lacks}: ${names}.`;
}
function notGiven(finding, host) {
    const names = phrases_namesOf(finding.packages);
    const works = finding.sees === undefined ? '' : 'The credentials work, but ';
    return finding.reason === 'archive'
        ? `${works}${host} does not give ${names} to this account${answer(finding)}.`
        : `${works}${host} does not list ${names} for this account.`;
}
function answer(finding) {
    return finding.reason === 'archive' ? ` (HTTP ${finding.status})` : '';
}
const package_denied_PRODUCTS = {
    'Open Source': 'Magento Open Source',
    Commerce: 'Adobe Commerce',
    B2B: 'B2B',
    Cloud: 'Adobe Commerce on Cloud',
};
/** What the account does see, where that is known and anything. */
function seen({ sees, family }, host) {
    // What else a vendor's account sees says nothing of a licence.
    if (sees === undefined || (!isAdobe(host) && family === 'extension'))
        return '';
    const extensions = sees.vendors.reduce((sum, { packages }) => sum + packages, 0);
    const parts = [
        ...sees.products.map((product) => package_denied_PRODUCTS[product] ?? product),
        ...(extensions === 0
            ? []
            : [extensions === 1 ? '1 package from another vendor' : `${extensions} packages from other vendors`]),
    ];
    if (parts.length === 0)
        return '';
    return `It sees ${parts.length === 1 ? 'only ' : ''}${enumeration(parts)}.`;
}
const HIDING = {
    vendor: 'the vendor folder has',
    cache: 'Composer’s file cache has',
    'perhaps-vendor': 'the vendor folder, whose installed.json is too large to be read here, may have',
    'perhaps-cache': 'Composer’s file cache, which could not be read in full, may have',
};
/** Why it is only a warning; a sentence, or nothing. */
function exception(finding) {
    const { hiddenBy } = finding;
    const it = itOrThem(finding);
    if (hiddenBy !== undefined) {
        return `This is a warning because ${HIDING[hiddenBy]} ${it}; on a clean machine Composer fails.`;
    }
    if (finding.reason === 'not-visible') {
        return whyElsewhere(finding.mayBeElsewhere, it);
    }
    if (finding.cloned !== 'no')
        return CLONING[finding.cloned];
    return finding.mayBeElsewhere
        ? `This is a warning because Composer may take ${it} in another version, or another package.`
        : '';
}
function nowhere(finding) {
    const many = finding.packages.length > 1;
    const elsewhere = elsewhereOf(finding);
    return {
        title: 'No repository has a package that is required',
        cause: [
            `No repository of composer.json ${elsewhere?.kind === 'repositories' ? 'that could be asked ' : ''}has ${phrases_namesOf(finding.packages)}.`,
            exception(finding),
        ]
            .join(' ')
            .trim(),
        fix: unlessElsewhere(elsewhere, itOrThem(finding), [
            `Check the spelling of the ${many ? 'names' : 'name'}.`,
            `Or add the repository that has ${many ? 'them' : 'it'} to composer.json, with its credentials.`,
        ]),
        who: elsewhere_whoElsewhere(elsewhere, PROJECT_EDITOR),
        composerSays: package_denied_composerSaysOf(finding),
    };
}
function package_denied_composerSaysOf(finding) {
    if (finding.reason === 'archive') {
        return composerFailureMessage(finding.url, { kind: 'status', status: finding.status });
    }
    const [name] = finding.packages;
    return finding.place === undefined ? notSelected(name, finding.constraint, 'stable') : notFound(name);
}

;// CONCATENATED MODULE: ./lib/problems/proxy-failed.js



const proxyFailed = {
    title: 'The proxy does not work for this repository',
    atMost: 'error',
    severity: (finding) => (UNTRIED.includes(finding.failure.type) || !failsCommand(finding) ? 'warning' : 'error'),
    byCredentials: never,
    explain(finding) {
        // Of a variable that cannot be used nobody but its author needs to know more.
        const asked = finding.failure.type === 'proxy-refused' || finding.failure.type === 'proxy-unreachable';
        return {
            ...proxy_failed_wordsFor(finding),
            composerSays: connectionFailureSays(finding.url, finding.failure),
            ...(asked ? { evidence: evidenceOf(finding) } : {}),
        };
    },
};
/** Nothing is known, neither good nor bad: only curl can speak to the proxy, or the keys must not go there. */
const UNTRIED = ['proxy-unsupported', 'leaves-machine'];
const AUTHOR = 'Anyone who can edit this workflow, or the runner’s settings.';
function proxy_failed_wordsFor({ host, proxy, failure }) {
    const bypass = `Or add ${host} to \`no_proxy\`, if this runner can reach it directly.`;
    switch (failure.type) {
        case 'proxy-refused':
            return failure.status === 407
                ? {
                    title: 'The proxy asks for a user name and password',
                    cause: `The proxy ${proxy} asks for credentials (407): the variable of the proxy holds none, or wrong ones.`,
                    fix: [
                        'Put them into the variable from a secret, percent-encoded: `http://user:password@proxy:port`.',
                        bypass,
                    ],
                    who: 'Anyone who can edit this workflow, with the team that runs the proxy.',
                }
                : {
                    title: 'The proxy refuses the connection',
                    cause: `The proxy ${proxy} answers ${failure.status} and does not connect to ${host}.`,
                    fix: [`Have ${host} allowed on the proxy.`, bypass],
                    who: 'The team that runs the proxy, or anyone who can edit this workflow.',
                };
        case 'proxy-malformed':
            return {
                title: 'The proxy variable holds no usable URL',
                cause: `The variable ${failure.variable} does not hold the URL of a proxy, and Composer stops at it.`,
                fix: [`Set ${failure.variable} to a URL such as \`http://proxy.example.com:3128\`, or unset it.`],
                who: AUTHOR,
            };
        case 'proxy-unsupported':
            return {
                title: 'Not checked: this kind of proxy is not supported',
                cause: `The variable ${failure.variable} names a proxy that is neither http nor https (for example SOCKS), so nothing was checked. Composer may still manage.`,
                fix: ['Use an http proxy, or set `check: off` for this step.'],
                who: AUTHOR,
            };
        case 'leaves-machine':
            return {
                title: 'Not checked: the proxy is on another machine',
                cause: `${host} is asked over http, and the proxy ${proxy} is on another machine: on the way there the keys could be read, so nothing was sent.`,
                fix: [`Add ${host} to \`no_proxy\`: that address is this machine’s own.`],
                who: AUTHOR,
            };
        default:
            return {
                title: 'The proxy cannot be reached',
                cause: `The proxy ${proxy} cannot be reached${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
                fix: ['Correct the proxy variable of this job.', bypass],
                who: `${AUTHOR.slice(0, -1)}; if the variable is right, the team that runs the proxy.`,
            };
    }
}

;// CONCATENATED MODULE: ./lib/problems/published-time-missing.js


const publishedTimeMissing = {
    title: 'A cooldown needs publication times, and the repository sends none',
    // Nothing that keys or networks could change.
    atMost: 'warning',
    severity: () => 'warning',
    byCredentials: never,
    explain: ({ host, url, packages, version, named }) => ({
        cause: `A cooldown is set for new versions, and ${host} does not say when ${phrases_namesOf(packages)} ${packages.length > 1 ? 'were' : 'was'} published. Composer 2.11 and newer stop at that.`,
        fix: [
            named
                ? `Add \`"require-published-time": false\` to this repository in composer.json.`
                : `Name the repository so: \`--repository='{"type":"composer","url":"${url}","require-published-time":false}'\`.`,
            'Or end the cooldown: `policy.cooldown` under `config` in composer.json, or the variable `COMPOSER_POLICY_COOLDOWN_PERIOD`.',
        ],
        who: named ? 'Anyone who can edit composer.json, or the workflow that sets the variable.' : `${EDITS_WORKFLOW}.`,
        composerSays: `${packages[0]} ${version} from composer repo (${url}) has no published-time, so the cooldown policy configured in "policy.cooldown" cannot tell whether it is new or old.`,
        background: 'With that setting Composer goes by the time that the package itself gives, which is weaker: whoever publishes it writes it. Repositories of the older kind (v1), such as repo.magento.com, send no time of their own.',
    }),
};

;// CONCATENATED MODULE: ./lib/problems/rate-limited.js


const rateLimited = {
    title: 'Too many requests to the repository',
    atMost: 'error',
    severity: severityOfWait,
    byCredentials: never,
    explain: (finding) => ({
        cause: causeOfBusy(`${answers(finding)} 429 Too Many Requests${eachTime(finding)}, so it limits this account or address`, finding),
        fix: [
            ifItFails('Run the job again later.', finding),
            'Start fewer jobs at the same time, and cache Composer’s files between them.',
        ],
        who: 'Anyone who can edit this workflow.',
        composerSays: saysFor(finding),
        evidence: evidenceOf(finding),
    }),
};

;// CONCATENATED MODULE: ./lib/problems/repository-not-found.js




const repositoryNotFound = {
    title: 'There is no Composer repository at this URL',
    atMost: 'error',
    severity: severityAtServer,
    byCredentials: never,
    explain: (finding) => ({
        ...repository_not_found_titleFor(finding),
        cause: withMeaning(missing(finding), finding),
        fix: repository_not_found_stepsFor(finding),
        who: repository_not_found_whoFor(finding),
        composerSays: saysFor(finding),
        background: 'Missing entitlement does not look like this: it hides single packages, not packages.json.',
        evidence: evidenceOf(finding),
    }),
};
function repository_not_found_titleFor(finding) {
    if (!isRoot(finding))
        return { title: 'A file of the repository is missing' };
    return isRight(finding) ? { title: 'repo.magento.com does not answer as a Composer repository' } : {};
}
function isRoot({ url }) {
    return fileNameOf(url) === 'packages.json';
}
/** Whether the address is Adobe's own, which holds a repository whatever answers there today. */
function isRight({ url }) {
    return url === ADOBE_ROOT;
}
const ADOBE_ROOT = packagesJsonUrl(`https://${ADOBE_HOST}`);
function missing(finding) {
    const { url, serverText } = finding;
    const start = `${answers(finding)} ${statusOf(finding)} for ${isRoot(finding) ? url : fileNameOf(url)}`;
    if (serverText !== undefined)
        return withServerText(start, serverText);
    if (isRight(finding))
        return `${start}, the address of its repository: it is not available, or something answers in its place.`;
    return isRoot(finding) ? `${start}: no repository is there.` : `${start}, which the repository itself lists.`;
}
function repository_not_found_stepsFor(finding) {
    const { host, place } = finding;
    const bypass = bypassToTest(finding);
    if (isRight(finding)) {
        return [
            ifItFails('Run the job again later. Do not create new keys: this is not about the keys.', finding),
            ...bypass,
        ];
    }
    if (!isRoot(finding)) {
        return [ifItFails('Run the job again in a few minutes: the repository may be changing.', finding), ...bypass];
    }
    if (isAdobe(host)) {
        return [
            'Use `https://repo.magento.com/` in `repository-url` and composer.json, without a path behind it.',
            ...bypass,
        ];
    }
    // composer.json names the repository at that line, so its own `url` may be the wrong one.
    const where = place === undefined ? '`repository-url`' : '`url` at this line, and `repository-url` if it is the same';
    return [`Correct the path in ${where}: it must lead to the folder of packages.json.`, ...bypass];
}
function repository_not_found_whoFor(finding) {
    if (!isRoot(finding) || isRight(finding))
        return otherwiseServer(RERUNS, finding);
    if (isAdobe(finding.host))
        return 'Anyone who can edit this workflow and composer.json.';
    return finding.place === undefined
        ? 'Anyone who can edit this workflow.'
        : 'Anyone who can edit composer.json and this workflow.';
}

;// CONCATENATED MODULE: ./lib/problems/repository-unavailable.js



const repositoryUnavailable = {
    title: 'The repository is not available',
    atMost: 'error',
    severity: severityOfWait,
    byCredentials: never,
    explain: (finding) => ({
        cause: causeOfBusy(`${answers(finding)} ${statusOf(finding)}${eachTime(finding)}${through(finding)}: it, or a gateway in front of it, is down or overloaded`, finding),
        fix: [
            ifItFails('Run the job again later. Do not create new keys: this is not about the keys.', finding),
            ...bypassToTest(finding),
        ],
        who: otherwiseServer(RERUNS, finding),
        composerSays: saysFor(finding),
        ...(isAdobe(finding.host)
            ? { background: `For Magento Open Source alone, ${MIRROR} serves the same packages without keys.` }
            : {}),
        evidence: evidenceOf(finding),
    }),
};

;// CONCATENATED MODULE: ./lib/problems/repository-unreachable.js




const repositoryUnreachable = {
    title: 'The repository cannot be reached',
    atMost: 'error',
    // Where the keys must not go nothing was seen, neither good nor bad.
    severity: (finding) => (finding.failure.type === 'leaves-machine' ? 'warning' : severityAtServer(finding)),
    byCredentials: never,
    explain(finding, site) {
        const { cause, fix, who = otherwiseNetworkTeam(RERUNS, finding, site), ...rest } = unreachable(finding, site);
        return {
            ...rest,
            cause: withMeaning(cause, finding),
            fix,
            who,
            composerSays: connectionFailureSays(finding.url, finding.failure),
            evidence: evidenceOf(finding),
        };
    },
};
const repository_unreachable_AGAIN = 'Run the job again: the trouble may have passed.';
function unreachable(finding, site) {
    const { host, failure } = finding;
    const way = through(finding);
    const again = ifItFails(repository_unreachable_AGAIN, finding);
    const check = site.selfHosted === false
        ? []
        : [
            `On this runner, check that a firewall lets ${host} through${finding.proxy === undefined ? ', or set `https_proxy` if it needs a proxy' : ''}.`,
        ];
    switch (failure.type) {
        case 'dns':
            return unresolved(finding, failure, site);
        case 'refused':
            return repository_unreachable_refused(finding, check, site);
        case 'reset':
            return { cause: `The connection to ${host}${way} was reset by the server or a firewall.`, fix: [again, ...check] };
        case 'closed':
            return {
                cause: `${host} closed the connection${way} without an answer: it is overloaded, or a firewall cut it off.`,
                fix: [again, ...check],
            };
        case 'leaves-machine':
            return {
                title: 'Not checked: the host is on another machine',
                cause: `The name ${host} leads to another machine here, so nothing was sent there over http, where the keys could be read.`,
                fix: ['Use https, or correct what the name stands for (`/etc/hosts`, DNS).'],
                who: 'Anyone who can edit this workflow, or the runner’s settings.',
            };
        case 'connect-timeout':
            return {
                cause: `No connection to ${host}${way} within ${inSeconds(failure.seconds)}: a firewall drops the packets, or the server is down.`,
                fix: [again, ...check],
            };
        case 'timeout':
            return {
                title: 'The repository did not answer in time',
                cause: `No complete answer from ${host}${way} within ${inSeconds(failure.seconds)}. Composer would wait up to 300 seconds.`,
                fix: [
                    ifItFails(failure.budget
                        ? 'Raise the input `retries` or `timeout`.'
                        : `Raise the input \`timeout\` (now ${inSeconds(failure.seconds)}).`, finding),
                    'Or run the job again: the trouble may have passed.',
                    ...check,
                ],
                who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
            };
        default:
            return {
                cause: `The connection to ${host}${way} failed${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
                fix: [again, ...check],
            };
    }
}
/** A wrong address in the settings is as likely as a network; of Adobe's there is only one. */
function repository_unreachable_refused(finding, check, site) {
    const { host, place } = finding;
    const cause = `${host} refused the connection${through(finding)}: nothing listens there, or a firewall refuses it.`;
    const again = ifItFails(repository_unreachable_AGAIN, finding);
    if (isAdobe(host))
        return { cause, fix: [again, ...check] };
    return {
        cause,
        fix: [again, `Check the host and port in ${place === undefined ? '`repository-url`' : 'composer.json'}.`, ...check],
        who: otherwiseNetworkTeam(`${RERUNS} or edit ${place === undefined ? 'this workflow' : 'composer.json'}`, finding, site),
    };
}
function unresolved(finding, { host, unknown }, site) {
    const dns = `On this runner or in its container, check DNS: \`getent hosts ${host}\` must print an address.`;
    const look = site.selfHosted === false ? [] : [dns];
    const again = ifItFails(repository_unreachable_AGAIN, finding);
    if (!unknown)
        return { cause: `DNS gave no answer for ${host}.`, fix: [again, ...look] };
    if (isAdobe(host))
        return { cause: `DNS does not know ${host} on this runner.`, fix: [again, ...look] };
    const where = finding.place === undefined ? '`repository-url`' : 'composer.json';
    return {
        cause: `DNS does not know the host ${host}: it is misspelled, or known only in another network.`,
        fix: [
            `Compare its spelling in ${where}.`,
            ...(site.selfHosted === true
                ? []
                : [`If ${host} is known only in your own network, use a self-hosted runner there.`]),
            ...look,
        ],
        who: site.selfHosted === false
            ? 'Anyone who can edit composer.json and this workflow.'
            : 'Anyone who can edit composer.json and this workflow; for DNS, the team that runs this runner’s network.',
    };
}

;// CONCATENATED MODULE: ./lib/problems/tls-failed.js





const tlsFailed = {
    title: 'No secure connection to the repository',
    atMost: 'error',
    // Of certificates that are too many to be read here nothing is known, neither good nor bad.
    severity: (finding) => (isUnread(finding.failure) ? 'warning' : severityAtServer(finding)),
    byCredentials: never,
    explain(finding, site) {
        const { failure } = finding;
        if (failure.type === 'trust-file')
            return untrustable(failure, site);
        const { code, issuer, nodeTrustsAll } = failure.type === 'tls' ? failure : { code: 'UNKNOWN', issuer: undefined, nodeTrustsAll: false };
        return {
            ...(speaksNoTls(code) ? noTls(finding, code, site) : notTrusted(finding, { code, issuer, nodeTrustsAll }, site)),
            composerSays: connectionFailureSays(finding.url, failure),
            evidence: evidenceOf(finding),
        };
    },
};
function isUnread(failure) {
    return failure.type === 'trust-file' && failure.reason === 'too-large';
}
function untrustable({ path: whole, source, reason }, site) {
    const path = shownPath(whole, site);
    if (reason === 'too-large') {
        return {
            title: 'Not checked: too many trusted certificates',
            cause: `${source} names ${path}, which holds more certificates than this action reads (4 MiB), so nothing was checked.`,
            fix: ['Name a file or folder that holds only the authorities that this job needs.'],
            who: 'Whoever set it: the author of the workflow, or the team that runs the runner.',
            composerSays: undefined,
            background: 'Composer reads them all.',
        };
    }
    const setting = /capath/i.test(source) ? 'capath' : 'cafile';
    return {
        title: 'The configured certificate file cannot be used',
        cause: `${source} names ${path}, which is missing, unreadable, or holds no usable certificate.`,
        fix: [
            'Correct the path, or put a PEM file with the certificate authority there.',
            `Or remove the setting (${source}), so that the system’s certificates are used.`,
        ],
        who: 'Whoever set it: the author of the workflow, or the team that runs the runner.',
        composerSays: `The configured ${setting} was not valid or could not be read.`,
    };
}
function noTls(finding, code, site) {
    const { host, url } = finding;
    return {
        cause: `${host} does not speak TLS on this port (${code}): a plain http server, or a firewall, answers there.`,
        fix: [
            'Check the host and port in the repository’s URL.',
            `${askFor(url)} from another network: if it works there, something in this one answers instead.`,
        ],
        who: otherwiseNetworkTeam(EDITS_URL, finding, site),
    };
}
function notTrusted(finding, { code, issuer, nodeTrustsAll, }, site) {
    const { host, nodeExtraCaCerts } = finding;
    const forNode = [
        ...(nodeExtraCaCerts ? ['`NODE_EXTRA_CA_CERTS`'] : []),
        ...(nodeTrustsAll ? ['`NODE_TLS_REJECT_UNAUTHORIZED`'] : []),
    ];
    const extra = forNode.length === 0 ? '' : ` Composer does not read ${forNode.join(' or ')}, which this job sets.`;
    // Of two sentences the one on what the job sets tells more.
    const issued = issuer === undefined || nodeExtraCaCerts ? '' : ` It was issued by “${issuer}”.`;
    return {
        title: 'The repository’s certificate is not trusted',
        cause: `The certificate of ${host} is not trusted: ${tlsReason(code)} (${code}).${issued}${extra}`,
        ...tls_failed_stepsFor(finding, { code, issuer }, site),
    };
}
const INTERCEPTED = 'Usually a company’s proxy or firewall opens TLS connections with a certificate of its own. Instead of setting a variable, you can install the authority into the system’s store with `update-ca-certificates`.';
/** Other trust helps only against an authority that is not known here. */
function tls_failed_stepsFor(finding, { code, issuer }, site) {
    const { host, url, nodeExtraCaCerts } = finding;
    const hosted = site.selfHosted === false && finding.proxy === undefined;
    if (/EXPIRED|NOT_YET_VALID/.test(code)) {
        return hosted
            ? { fix: [`Ask whoever runs ${host} for a valid certificate.`], who: `Whoever runs ${host}.` }
            : {
                fix: ['Check the clock of this runner.', `If it is right, ask whoever runs ${host} for a valid certificate.`],
                who: `Whoever runs this runner, for its clock; if that is right, whoever runs ${host}.`,
            };
    }
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
        return {
            fix: [
                'Check the host in the repository’s URL.',
                `${askFor(url)} from another network: if it works there, something in this one answers instead.`,
            ],
            who: otherwiseNetworkTeam(EDITS_URL, finding, site),
        };
    }
    const from = hosted ? `whoever runs ${host}` : 'the team that runs the network';
    if (nodeExtraCaCerts) {
        return {
            fix: [
                'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with the certificates of `NODE_EXTRA_CA_CERTS` and of every other authority that the job needs.',
                `If it is still not trusted, get the PEM file of ${issuer === undefined ? 'the authority that signed it' : `“${issuer}”`} from ${from}, and add it there.`,
            ],
            who: `Anyone who can edit this workflow, or the runner’s settings; otherwise ${from}.`,
            background: INTERCEPTED,
        };
    }
    return {
        fix: [
            hosted
                ? `Get the PEM file of the authority that signed it from ${from}, and have a step write it, from a variable or the repository.`
                : `Get the PEM file of the authority that signed it from ${from}, and put it on the runner.`,
            'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with every authority that the job needs.',
        ],
        who: hosted ? `Anyone who can edit this workflow, with whoever runs ${host}.` : networkTeam(finding, site),
        background: INTERCEPTED,
    };
}

;// CONCATENATED MODULE: ./lib/problems/failed-answer.js



const failed_answer_AGAIN = 'Run the job again.';
const MOVED = 'If the repository has moved, use its https URL in composer.json and in `repository-url`.';
/** A command for the runner itself, where somebody can use it. */
function look({ url }, { selfHosted }) {
    return `${askFor(url)} ${selfHosted === true ? 'on this runner' : 'in a step of this job'} to see what answers. It sends no credentials, so a 401 is the repository itself.`;
}
/** Whoever can correct what the server sends. */
function serverTeam({ host, proxy }) {
    return proxy === undefined ? `Whoever runs ${host}.` : `Whoever runs ${host}, or the team that runs the proxy.`;
}
/** Of a redirect that nobody can have wanted. */
function lookElsewhere({ url }) {
    return `${askFor(url)} from another network: if the redirect is not there, something in this one answers instead.`;
}
const MALFORMED = {
    'not-http': 'something that is not HTTP: the port is probably that of another service',
    header: 'a header that cannot be read',
    'long-head': 'headers that are too long (300 KiB in all, 100 KiB in one line)',
};
const UNDECODABLE = {
    trailing: 'something follows its end',
    'too-many': 'there are too many encodings, one around the other',
};
/** The words for an answer that broke off, cannot be read, or leads elsewhere. */
function wordsForFailure(finding, failure, site) {
    const { host } = finding;
    const composerSays = connectionFailureSays(finding.url, failure);
    switch (failure.type) {
        case 'too-large':
            return {
                title: 'The repository’s answer is too large',
                cause: `${host} answers with more than ${failure.limitMiB} MiB for ${fileNameOf(finding.url)}. This action stops there; Composer would go on.`,
                fix: [
                    'If the repository really is that large, set `check: access` or `check: off`.',
                    `If not, ask whoever runs ${host}.`,
                ],
                who: `Anyone who can edit this workflow; otherwise whoever runs ${host}.`,
                composerSays,
            };
        case 'too-many-values':
        case 'too-much':
            return {
                title: 'Not checked: the repository’s answers are too large',
                cause: `${fileNameOf(finding.url)} of ${host} is larger than this action reads. Composer would go on, so this is a warning.`,
                fix: [
                    'If the repository really is that large, set `check: access` or `check: off`.',
                    `If not, ask whoever runs ${host}.`,
                ],
                who: `Anyone who can edit this workflow; otherwise whoever runs ${host}.`,
                composerSays: undefined,
            };
        case 'malformed':
            return {
                title: 'The answer is not valid HTTP',
                cause: `${host} answers${through(finding)} with ${MALFORMED[failure.problem]}.`,
                fix: failure.problem === 'not-http'
                    ? ['Check the port in the repository’s URL.', failed_answer_AGAIN]
                    : [look(finding, site), failed_answer_AGAIN],
                who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
                composerSays,
            };
        case 'truncated':
            return {
                title: 'The repository’s answer is cut off',
                cause: `The answer of ${host} ended early${eachTime(finding)}${through(finding)}: the server, or something in between, cut it off.`,
                fix: [
                    ifItFails(failed_answer_AGAIN, finding),
                    'If the problem stays, try from another network: if it works there, something in this one cuts the answer off.',
                ],
                who: otherwiseNetworkTeam(RERUNS, finding, site),
                composerSays,
            };
        case 'undecodable':
            return {
                title: 'The repository’s answer cannot be decoded',
                ...failed_answer_undecodable(finding, failure, site),
                composerSays,
            };
        case 'redirect-loop':
        case 'redirect-without-location':
        case 'redirect-downgrade':
        case 'redirect-unusable':
            return {
                composerSays,
                ...redirectWords(finding, failure),
                ...redirectSteps(finding, failure, site),
            };
        case 'insecure':
            return {
                fix: [MOVED, `If it has not moved, ask whoever runs ${host} to use https there.`],
                who: `Anyone who can edit composer.json and this workflow; otherwise whoever runs ${host}.`,
                composerSays,
                ...insecureWords(finding),
            };
        default:
            return {
                cause: `${host} gave no answer that can be used${through(finding)}.`,
                fix: [look(finding, site), failed_answer_AGAIN],
                who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
                composerSays,
            };
    }
}
/** A body that is not what its header says. */
function failed_answer_undecodable(finding, { problem, encoding }, site) {
    const { host, proxy } = finding;
    if (problem === 'unknown') {
        return {
            cause: `The answer of ${host}${through(finding)} is encoded as ${encoding}, which Composer cannot decode.`,
            fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to send gzip.`],
            who: serverTeam(finding),
        };
    }
    return {
        cause: `${host} answers with a body that does not match its Content-Encoding header (${encoding})${through(finding)}: ${problem === 'broken' ? `it is damaged, or not ${encoding} at all` : UNDECODABLE[problem]}.`,
        fix: [look(finding, site), failed_answer_AGAIN],
        who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
    };
}
/** What is wrong with a redirect, and where it leads. */
function redirectWords(finding, failure) {
    if (failure.type === 'redirect-loop') {
        return {
            title: 'The repository redirects in a loop',
            cause: `${finding.host} redirects more than ${failure.limit} times, at last to ${failure.target}: it is misconfigured, or a login page sends every request back. Composer takes the last redirect for the answer.`,
        };
    }
    const start = `${answers(finding)} ${failure.status}${through(finding)}`;
    if (failure.type === 'redirect-downgrade') {
        return {
            title: 'The repository redirects to http',
            cause: `${start}, a redirect from https to ${failure.target ?? 'http'}, where keys could be read on the way. Neither Composer nor this action follows it.`,
        };
    }
    const nowhere = failure.type === 'redirect-without-location'
        ? `${start} for ${fileNameOf(finding.url)}, a redirect that names no target.`
        : `${start}, a redirect to ${failure.target ?? 'an address with one of these keys in it'}, which is not a usable http(s) URL.`;
    return { title: 'The repository redirects to nowhere', cause: nowhere };
}
/** Who must look where. */
function redirectSteps(finding, failure, site) {
    const { host } = finding;
    if (failure.type === 'redirect-loop') {
        const team = teamBetween(finding, site);
        return {
            fix: [
                look(finding, site),
                team === undefined
                    ? `Ask whoever runs ${host} to correct that.`
                    : `If ${host} itself redirects, ask whoever runs it to correct that; if it is a login page, the team that runs ${team}.`,
            ],
            who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
        };
    }
    if (failure.type !== 'redirect-downgrade') {
        return {
            fix: [`Ask whoever runs ${host} to correct the redirect.`, lookElsewhere(finding)],
            who: serverOrBetween(finding, site),
        };
    }
    // A redirect to the same name over http moves nothing.
    return failure.target?.startsWith(`http://${host}/`) === true
        ? {
            fix: [lookElsewhere(finding), `If it is there too, ask whoever runs ${host} to correct it.`],
            who: networkTeam(finding, site),
        }
        : {
            fix: [lookElsewhere(finding), MOVED],
            who: `${networkTeam(finding, site).slice(0, -1)}; if it has moved, anyone who can edit composer.json and this workflow.`,
        };
}
/** An address over http to another machine: a redirect leads there, or the repository names it. */
function insecureWords({ host, url, answeredBy: target }) {
    const unsafe = 'where keys could be read on the way, so nothing was sent there';
    return target === undefined
        ? {
            title: 'The repository names an address over http',
            cause: `${host} names ${fileNameOf(url)} over http, ${unsafe}.`,
        }
        : {
            title: 'The repository redirects to http',
            cause: `${host} redirects to ${target} over http, ${unsafe}.`,
        };
}

;// CONCATENATED MODULE: ./lib/problems/unexpected-answer.js





const UNREAD = ['too-much', 'too-many-values'];
const unexpectedAnswer = {
    title: 'The answer is not that of a Composer repository',
    atMost: 'error',
    severity(finding) {
        // Where only this action stops reading nothing is known, neither good nor bad.
        if (finding.what.type === 'failure' && UNREAD.includes(finding.what.failure.type))
            return 'warning';
        return severityAtServer(finding);
    },
    byCredentials: never,
    explain(finding, site) {
        const { cause, ...words } = unexpected_answer_wordsFor(finding, finding.what, site);
        return {
            ...words,
            cause: withMeaning(cause, finding),
            // Where nothing was sent there is nothing to find.
            ...(finding.trace.connected === undefined ? {} : { evidence: evidenceOf(finding) }),
        };
    },
};
const LOOKS_LIKE = {
    html: 'a web page: a maintenance page, or the login page of a network or proxy',
    gzip: 'compressed data without a Content-Encoding header: the server is misconfigured',
    empty: 'an empty body: the server, or a proxy, is failing',
    null: '`null`, where an object must be: the server is failing',
    text: 'something that is not JSON: the URL is wrong, or something else answers',
};
/** What came in the place of an archive. */
const unexpected_answer_IN_PLACE = {
    html: 'a web page: a login page, or one that says why there is no download',
    json: 'JSON: an error message, perhaps',
    text: 'a text',
    empty: 'nothing',
    cut: 'its beginning alone',
    'other-format': 'an archive of another format than the lock or the metadata says',
};
function ofPackages({ packages }) {
    return packages.length === 0 ? '' : ` of ${phrases_namesOf(packages)}`;
}
const ACCOUNT_FIX = (host) => [
    `Sign in at ${host} and see whether the licence for it is still valid.`,
    'Open the URL with the same credentials, and read what comes.',
];
const FILE_FIX = (host) => [failed_answer_AGAIN, `If it stays, ask whoever runs ${host}: the file there is broken.`];
const NOT_ARCHIVE_FIX = {
    html: ACCOUNT_FIX,
    json: ACCOUNT_FIX,
    text: ACCOUNT_FIX,
    empty: FILE_FIX,
    cut: FILE_FIX,
    'other-format': FILE_FIX,
};
function unexpected_answer_wordsFor(finding, what, site) {
    const host = finding.answeredBy ?? finding.host;
    const file = fileNameOf(finding.url);
    switch (what.type) {
        case 'not-json':
            return {
                title: what.looksLike === 'html'
                    ? 'A web page answers in place of the repository'
                    : 'The repository’s answer is not JSON',
                cause: `${answers(finding)} ${finding.status} for ${file}${through(finding)} with ${LOOKS_LIKE[what.looksLike]}.`,
                ...notJsonSteps(finding, what.looksLike, site),
                composerSays: composerFailureMessage(finding.url, { kind: what.looksLike === 'null' ? 'null' : 'not-json' }),
            };
        case 'not-archive':
            return {
                title: 'An archive is not an archive',
                cause: `${answers(finding)} ${finding.status} for the archive ${file}${ofPackages(finding)}${through(finding)} with ${unexpected_answer_IN_PLACE[what.looksLike]}.`,
                fix: NOT_ARCHIVE_FIX[what.looksLike](finding.host),
                who: `Whoever holds the account at ${finding.host}; if the account is fine, whoever runs ${finding.host}.`,
                composerSays: undefined,
                background: 'Composer finds out when it compares the checksum or unpacks the file, and names no host then.',
            };
        case 'status':
            return {
                ...(finding.status === 402
                    ? payment(finding)
                    : { fix: [look(finding, site), failed_answer_AGAIN], who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site) }),
                cause: withServerText(`${answers(finding)} ${statusOf(finding)} for ${file}${through(finding)}${finding.status === 402 ? ': this account probably has an unpaid invoice' : ', as no Composer repository does'}`, finding.serverText),
                composerSays: saysFor(finding),
            };
        case 'checksum':
            return {
                title: 'A file of the repository has the wrong checksum',
                cause: `${file} from ${host} does not match the checksum that the repository gives for it: the repository is changing, or something in between alters its answers${through(finding)}.`,
                fix: [
                    ifItFails('Run the job again in a few minutes.', finding),
                    'If the problem stays, try from another network: if it works there, something in this one alters the answers.',
                ],
                who: otherwiseNetworkTeam(RERUNS, finding, site),
                composerSays: `The contents of ${finding.url} do not match its signature. This could indicate a man-in-the-middle attack or e.g. antivirus software corrupting files. Try running composer again and report this if you think it is a mistake.`,
            };
        case 'unauthorized-elsewhere':
            return {
                title: 'The repository redirects to a host that wants other credentials',
                cause: `${finding.host} redirects to ${host}, which answers ${statusOf(finding)}. Neither Composer nor this action sends credentials for ${finding.host} to another host.`,
                fix: [
                    `If the repository has moved, name ${host} in composer.json and \`repository-url\`.`,
                    `Add credentials for ${host} to the input \`composer-auth\`.`,
                ],
                who: 'Anyone who can edit composer.json and this workflow.',
                composerSays: saysFor(finding),
            };
        case 'failure':
            return wordsForFailure(finding, what.failure, site);
    }
}
/** Payment is between the account's holder and the vendor. */
function payment({ host }) {
    return {
        fix: ['Check the invoice or subscription of this account.', 'Then run the job again.'],
        who: `Whoever holds the account at ${host}.`,
    };
}
/** What fits a 200 that is not JSON. */
function notJsonSteps(finding, looksLike, site) {
    const { host, proxy } = finding;
    switch (looksLike) {
        case 'gzip':
            return {
                fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to correct this.`],
                who: serverTeam(finding),
            };
        case 'empty':
        case 'null':
            return {
                fix: [ifItFails(failed_answer_AGAIN, finding), look(finding, site)],
                who: otherwiseNetworkTeam(RERUNS, finding, site),
            };
        case 'text':
            return {
                fix: ['Check the repository’s URL.', look(finding, site)],
                who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
            };
        case 'html':
            return { fix: [look(finding, site), failed_answer_AGAIN], who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site) };
    }
}

;// CONCATENATED MODULE: ./lib/problems/version-unavailable.js



const versionUnavailable = {
    title: 'No version visible to these keys matches',
    atMost: 'error',
    severity: ({ mayBeElsewhere }) => (mayBeElsewhere === undefined ? 'error' : 'warning'),
    byCredentials: always,
    explain: (finding) => ({
        // Why it is only a warning goes before the versions, which a step names then.
        cause: joined([unsatisfied(finding), whyElsewhere(finding.mayBeElsewhere, 'one') || version_unavailable_seen(finding)]),
        fix: version_unavailable_stepsFor(finding),
        who: version_unavailable_whoFor(finding),
        composerSays: version_unavailable_composerSaysOf(finding),
        background: finding.unstable
            ? 'What meets the constraint is less stable than what is allowed.'
            : 'A version can be missing because it was withdrawn, is not released to this account yet, or is misspelled.',
    }),
};
function version_unavailable_whoFor({ host, place, unstable, mayBeElsewhere }) {
    const editor = place === undefined ? EDITS_WORKFLOW : 'Anyone who can edit composer.json';
    // The step that needs another account is left out where another comes first.
    const account = unstable || mayBeElsewhere !== undefined
        ? '.'
        : `; for other keys, the owner of ${isAdobe(host) ? 'the Marketplace account' : `an account at ${host}`} that is entitled to it.`;
    return elsewhere_whoElsewhere(mayBeElsewhere, `${editor}${account}`);
}
function unsatisfied({ packages: [name], host, constraint, stability }) {
    if (constraint === '*') {
        return `${host} shows ${name} to these keys, but no version of it is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`;
    }
    return `${host} shows ${name} to these keys, but no version that satisfies \`${constraint}\` and is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`;
}
function version_unavailable_seen({ nearest }) {
    return nearest.length === 0
        ? 'It shows no version at all.'
        : `The nearest ${nearest.length === 1 ? 'is' : 'are'} ${enumeration(nearest)}.`;
}
function version_unavailable_stepsFor({ packages: [name], host, nearest, unstable, place, mayBeElsewhere }) {
    const these = mayBeElsewhere === undefined ? 'one of these versions' : nearest.join(' or ');
    const correct = nearest.length === 0 ? 'Correct the constraint.' : `Correct the constraint, or take ${these}.`;
    const allow = place === undefined
        ? `For a pre-release, name its version: \`${name}:${unstable ? (nearest[0] ?? 'VERSION') : 'VERSION'}\`.`
        : 'For a pre-release, add `@beta` to the constraint, or lower `minimum-stability`.';
    const entitled = isAdobe(host)
        ? 'For a version that is not public yet, use keys of an account that is entitled to it.'
        : 'For a paid or early version, use credentials of an account that is entitled to it.';
    const steps = unstable ? [allow, correct] : [correct, allow, entitled];
    return unlessElsewhere(mayBeElsewhere, 'one', steps).slice(0, 3);
}
function version_unavailable_composerSaysOf(finding) {
    const { packages: [name], constraint, stability, nearest, unstable, place, } = finding;
    if (place === undefined)
        return notSelected(name, constraint === '*' ? undefined : constraint, stability);
    if (nearest.length === 0)
        return notFound(name);
    const mismatch = unstable ? 'but it does not match your minimum-stability' : 'but it does not match the constraint';
    return `Root composer.json requires ${name} ${constraint}, found ${name}[${nearest.toReversed().join(', ')}] ${mismatch}.`;
}

;// CONCATENATED MODULE: ./lib/problems/catalogue.js


























/** Every problem this action can report, in the order of docs/problems.md. Codes are stable: users filter by them. */
const CATALOGUE = {
    'input-invalid': inputInvalid,
    'keys-missing': keysMissing,
    'keys-malformed': keysMalformed,
    'keys-not-received': keysNotReceived,
    'keys-rejected': keysRejected,
    'keys-swapped': keysSwapped,
    'access-forbidden': accessForbidden,
    'repository-not-found': repositoryNotFound,
    'rate-limited': rateLimited,
    'repository-unavailable': repositoryUnavailable,
    'repository-unreachable': repositoryUnreachable,
    'tls-failed': tlsFailed,
    'proxy-failed': proxyFailed,
    'unexpected-answer': unexpectedAnswer,
    'package-denied': packageDenied,
    'version-unavailable': versionUnavailable,
    'auth-file-invalid': authFileInvalid,
    'auth-file-unwritable': authFileUnwritable,
    'auth-file-exposed': authFileExposed,
    'credentials-overridden': credentialsOverridden,
    'credentials-missing': credentialsMissing,
    'insecure-url': insecureUrl,
    'manifest-invalid': manifestInvalid,
    'download-token-rejected': downloadTokenRejected,
    'published-time-missing': publishedTimeMissing,
};
const RANK = { notice: 0, warning: 1, error: 2 };
/** Sorts by severity, most severe first; negative when `a` comes before `b`. */
function bySeverity(a, b) {
    return RANK[b.severity] - RANK[a.severity];
}
/**
 * How severe a finding is: an error where the installed Composer is one of those that stop at it, else as its code says; and
 * no more than the code may take at most.
 */
function severityOf(finding, circumstances) {
    const { severity, atMost } = entryOf(finding);
    const wanted = stopsAt(finding, circumstances.version) ? 'error' : severity(finding, circumstances);
    return RANK[wanted] > RANK[atMost] ? atMost : wanted;
}
/** Whether a version of Composer is one of those that stop at a finding, or all of them do. */
function stopsAt({ stopsOnly = NO_VERSION }, version) {
    return isAmong(stopsOnly, version) === true;
}
/** Whether other credentials could make the difference. */
function isByCredentials(finding) {
    return entryOf(finding).byCredentials(finding);
}
/** The words for a finding, with the title of its case. */
function explain(finding, site) {
    const { title, explain } = entryOf(finding);
    return { title, ...explain(finding, site) };
}
/** The compiler cannot see that an entry and a finding that are found by the same code belong together. */
function entryOf({ code }) {
    return CATALOGUE[code];
}

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
    if (status >= 400 && NOT_PROVIDED.test(at.serverText ?? ''))
        return { ...at, code: 'keys-not-received' };
    if (status === 401)
        return access_rejected(at, context.from());
    if (status === 403)
        return { ...at, code: 'access-forbidden' };
    if (status === 404 || status === 410)
        return { ...at, code: 'repository-not-found' };
    if (status === 429)
        return { ...at, code: 'rate-limited' };
    if (status === 408 || status >= 500)
        return { ...at, code: 'repository-unavailable' };
    // What is neither an error nor a redirect is read, whatever its number. Source: `CurlDownloader.php`, `tick`.
    if (status >= 300)
        return { ...at, code: 'unexpected-answer', what: { type: 'status' } };
    return unreadable === undefined ? undefined : { ...at, code: 'unexpected-answer', what: unreadable };
}
/** At the line that the credentials come from, where that is known; else at the one that names the repository. */
function access_rejected(at, from) {
    const place = (from.from === 'elsewhere' ? from.place : undefined) ?? at.place;
    return { ...at, code: 'keys-rejected', from, place };
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
            return { ...at, code: 'repository-unreachable', failure };
        case 'tls':
        case 'trust-file':
            return { ...at, code: 'tls-failed', failure, nodeExtraCaCerts };
        case 'proxy-refused':
        case 'proxy-unreachable':
        case 'proxy-malformed':
        case 'proxy-unsupported':
            return { ...at, code: 'proxy-failed', failure };
        case 'leaves-machine':
            return { ...at, code: at.proxy === undefined ? 'repository-unreachable' : 'proxy-failed', failure };
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
function atServer(answer, url, { host, place, packages = [] }) {
    const answered = answer.kind === 'answered';
    const finalHost = new URL(answer.url).host;
    return {
        host,
        url,
        status: answered ? answer.status : undefined,
        tries: answer.tries,
        serverText: answered && answer.status >= 300 ? serverText(answer.body) : undefined,
        retryAfter: answered ? retryAfter(answer) : undefined,
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
    if (severityOf(weighted(finding, 'fatal'), UNKNOWN) !== 'error')
        return finding;
    const isContent = finding.code === 'unexpected-answer' && finding.what.type === 'not-json';
    return stoppingOnly(stopped[isContent ? 'content' : 'status'], finding);
}
/** A finding at which some versions of Composer stop, whatever it means to the others. */
function stoppingOnly(stopsOnly, finding) {
    return stopsOnly.length === 0 ? finding : { ...finding, stopsOnly };
}
const UNKNOWN = { version: undefined, composerManages: false, rejected: false };
/** A finding about a host with what it means for the coming command. */
function weighted(finding, weight) {
    return 'weight' in finding ? { ...finding, weight } : finding;
}

;// CONCATENATED MODULE: ./lib/check/editions.js


/** The packages that stand for the editions: who sees them may install them. */
const editions_PRODUCTS = [
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
    const extensions = [...names].filter((name) => familyOf(name) === 'extension');
    const vendors = [...grouped(extensions, (name) => name.split('/', 1)[0] ?? '')]
        .filter(([vendor]) => vendor.length <= LONGEST_VENDOR && VENDOR.test(vendor))
        .map(([vendor, all]) => ({ vendor, packages: all.length }));
    return {
        products: editions_PRODUCTS.filter(([name]) => names.has(name)).map(([, product]) => product),
        vendors: vendors.toSorted((a, b) => b.packages - a.packages || a.vendor.localeCompare(b.vendor, 'en')),
    };
}
/** What an account sees at a repository, where its list was read anyway; undefined where it was not, or keeps none. */
function seenAt(named) {
    const listed = named?.repository.listed;
    if (listed?.kind !== 'names')
        return undefined;
    // Asked for with every package that is denied.
    const known = editions_seen.get(listed.names) ?? editionsSeen(listed.names);
    editions_seen.set(listed.names, known);
    return known;
}
const editions_seen = new WeakMap();
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
    const locked = new Map(lock?.packages.map(({ name, requires }) => [name, requires]));
    for (const [metapackage, family] of METAPACKAGES) {
        // Extensions that a product brings along are still bought, or free, by themselves.
        for (const name of locked.get(metapackage) ?? []) {
            if (!families.has(name) && familyOf(name) !== 'extension')
                families.set(name, family);
        }
    }
    return (name) => families.get(name) ?? familyOf(name);
}

;// CONCATENATED MODULE: ./lib/check/joined-by-cause.js



/** Packages that are denied for one cause make one finding, at the first one's line. */
function joinedByCause(findings) {
    const causes = grouped(findings, (finding) => (finding.code === 'package-denied' ? causeOf(finding) : finding));
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
        case 'relative-url':
            return JSON.stringify([...same, finding.cloned, finding.hiddenBy]);
    }
}
/** What decides the steps: at Adobe what the account must be entitled to, elsewhere whether it may be a mirror of that. */
function remedyOf({ host, family, packages: [first = ''] }) {
    return isAdobe(host) ? [family, vendorOf(first)?.name] : [family !== 'extension'];
}

;// CONCATENATED MODULE: ./lib/check/archives.js













const WEIGHTS = { no: 'fatal', yes: 'cloned', 'by-version': 'cloned-by-version' };
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
    return inParallel(REQUESTS_AT_ONCE, archives, async (archive) => ({ archive, answer: await ask(archive, context) }));
}
/** Asks for one archive of each group, at most ten in all, and, where one is denied, for the rest of its group. */
async function askSample(archives, context) {
    const groups = grouped(archives, ({ group }) => group);
    const sample = [...groups.values()]
        .slice(0, LARGEST_SAMPLE)
        .flatMap(([first]) => (first === undefined ? [] : [first]));
    const asked = await askAll(sample, context);
    const suspicious = asked
        .filter(({ answer }) => answer.kind === 'denied')
        .flatMap(({ archive }) => groups.get(archive.group) ?? []);
    const rest = suspicious.filter((archive) => !sample.includes(archive));
    return [...asked, ...(await askAll(rest, context))];
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
        last = judged(await context.transport.probe(url), url, type);
        if (last.kind === 'there' || last.kind === 'unknown')
            return last;
        // Whoever looks at an archive only to unpack it has left its other addresses behind by then.
        const isTaken = last.kind === 'trouble' && last.unreadable !== undefined && index < urls.length - 1;
        if (isTaken && (await context.holds('looksIntoArchives')) === false)
            return last;
    }
    return last;
}
function judged(answer, url, type) {
    const shown = shownUrl(url);
    // Nothing is known of what was not asked.
    if (answer.kind === 'failed')
        return isUp(answer.failure) ? { kind: 'unknown' } : { kind: 'trouble', answer, url: shown, unreadable: undefined };
    if ([401, 403, 404, 410].includes(answer.status))
        return { kind: 'denied', status: answer.status, url: shown };
    if (answer.status >= 300)
        return { kind: 'trouble', answer, url: shown, unreadable: undefined };
    const unreadable = notArchive(answer, type);
    return unreadable === undefined
        ? { kind: 'there' }
        : { kind: 'trouble', answer: withoutBody(answer), url: shown, unreadable };
}
/** Whether the whole step has no time left, or no requests. */
function isUp(failure) {
    return failure.type === 'unasked' || (failure.type === 'timeout' && failure.budget);
}
/** Archives are asked for only where Composer holds credentials, or at hosts that composer.json names as a repository. */
function mayAsk(url, context) {
    const origin = originOf(url);
    if (!context.transport.mayAsk(url) || isPublicForge(origin))
        return false;
    if (credentialsInUrl(url) !== undefined || context.credentialsFor(origin) !== undefined)
        return true;
    if (context.isOtherwiseAuthenticated(origin))
        return false;
    return context.isNamed(origin);
}
/** What failing archives mean: one finding per cause. */
async function archiveFindings(asked, context) {
    const failing = asked.filter(({ answer }) => answer.kind === 'denied' || answer.kind === 'trouble');
    const instead = await clonedInstead(failing.map(({ archive }) => archive), context);
    const cloned = (one) => (isTooLate(one) ? 'no' : instead(one.archive));
    const denials = asked.flatMap((one) => one.answer.kind === 'denied' ? [denial(one.archive, one.answer, cloned(one), context)] : []);
    return [...joinedByCause(denials), ...troubles(asked, cloned, context)];
}
/** Tells of failing archives whether Composer clones their packages instead; looks the version up only where one could be. */
async function clonedInstead(failing, { project, holds }) {
    const mayBe = failing.some(({ hasSource }) => hasSource);
    const falls = mayBe ? await fallsBackToSource(project.installSource, holds) : false;
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
function denial({ name, family, hiddenBy, mayBeElsewhere, place }, { status, url }, cloned, context) {
    const host = originOf(url);
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
        unnamed: context.project.manifest !== undefined && !context.isNamed(host),
        place,
    };
}
/** Archives that fail for another reason than entitlement: one finding per host, and of those that are cloned one more. */
function troubles(asked, cloned, { credentialsFor, credentialsFrom, nodeExtraCaCerts }) {
    const hosts = grouped(asked.flatMap(({ archive, answer }) => answer.kind === 'trouble' && archive.hiddenBy === undefined
        ? [{ archive, answer, weight: WEIGHTS[cloned({ archive, answer })] }]
        : []), ({ answer, weight }) => `${weight} ${originOf(answer.url)}`);
    return [...hosts.values()].flatMap(([first, ...others]) => {
        if (first === undefined)
            return [];
        const { archive, answer, weight } = first;
        const host = originOf(answer.url);
        const held = { credentials: credentialsFor(host), from: () => credentialsFrom(host) };
        const packages = [first, ...others].map((one) => one.archive.name);
        const context = { host, ...held, nodeExtraCaCerts, packages, place: archive.place };
        const finding = findingOf(answer.answer, answer.url, context, answer.unreadable);
        return finding === undefined ? [] : [weighted(finding, weight)];
    });
}

;// CONCATENATED MODULE: ./lib/check/repository-options.js




/**
 * Tells of a locked package whether Composer asks for its archive with what its own entry holds, or with the headers of the
 * repository that it belongs to: those of `options`, which composer.json has and, since 2.11, composer.lock has not. Where
 * the version is not known it may.
 */
async function askedWithOptions({ project, holds, }) {
    const mayRestore = project.repositories.some(({ entry }) => entry.type === 'composer' && entry.hasHeaders);
    const restores = mayRestore && (await holds('restoresHeaders')) !== false;
    return (locked) => locked.hasOwnCredentials || (restores && belongsToHeaders(locked, project));
}
/** Whether the most specific repository to which an archive belongs has headers. Source: `RepositoryManager::findHttpHeaders`. */
function belongsToHeaders(locked, { repositories }) {
    const urls = urlsOf(locked);
    let closest = { length: -1, hasHeaders: false };
    for (const { entry } of repositories) {
        const base = entry.type === 'composer' ? repositoryBase(entry) : undefined;
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
    const atHost = project.repositories.some(({ entry }) => entry.type === 'composer' && entry.hasOptions && repositoryOrigin(entry) === host);
    if (!atHost || project.lock === undefined)
        return atHost;
    const withOptions = await askedWithOptions(context);
    return project.lock.packages
        .filter((locked) => (dev || !locked.dev) && urlsOf(locked).some((url) => originOf(url) === host))
        .every(withOptions);
}
function urlsOf({ dist, name, version }) {
    return dist === undefined ? [] : distUrls(dist, name, normalizeVersion(version) ?? version, version);
}

;// CONCATENATED MODULE: ./lib/composer/installed/metadata-reading.js


const STOPS_NO_VERSION = { content: NO_VERSION, status: NO_VERSION };
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
    const knowsPolicy = holds('knowsPolicy', version);
    if (holds('blocksAdvisories', version) && (knowsPolicy ? byPolicy : byAudit)) {
        return knowsPolicy && !policy.ignoresUnreachable.update ? 'all-is-fatal' : 'content-is-fatal';
    }
    // What fails at the end says so, and no more; only what is no JSON is not expected there.
    return command.name === 'update' && policy.audits && holds('auditsAfterUpdate', version)
        ? 'content-is-fatal'
        : 'unread';
}
/** The names of the lists that block what the coming command installs. */
function blockingLists(version, { lists }, { fromLock }) {
    if (!holds('readsRootOnInstall', version))
        return [];
    const known = lists.filter(({ name, scope }) => {
        if (!fromLock)
            return true;
        return scope !== 'update' && (name === 'malware' || holds('customListsOnInstall', version));
    });
    return known.map(({ name }) => name);
}
/** The versions that stop where a file fails that they read in some way. */
function stoppedVersions(readingIn) {
    return {
        content: versionsWhere((version) => readingIn(version) !== 'unread'),
        status: versionsWhere((version) => readingIn(version) === 'all-is-fatal'),
    };
}
function strictest(readings) {
    if (readings.includes('all-is-fatal'))
        return 'all-is-fatal';
    return readings.includes('content-is-fatal') ? 'content-is-fatal' : 'unread';
}

;// CONCATENATED MODULE: ./lib/server/document.js





/**
 * Takes out of an answer what is needed, and leaves the rest to be forgotten: a document takes many times the memory of
 * its bytes, and a repository may have hundreds.
 *
 * @param take throws RequestFailure where too much would be kept
 */
function readDocument(answer, url, sum, take) {
    const size = answer.kind === 'answered' ? answer.body.length : 0;
    collectAfter(size);
    const read = taken(answer, url, sum, take);
    collectAfter(size);
    return read;
}
function taken(answer, url, sum, take) {
    if (answer.kind === 'failed' || answer.status >= 300)
        return { kind: 'unusable', answer, url, unreadable: undefined };
    const { body } = answer;
    const unusable = (unreadable) => ({
        kind: 'unusable',
        answer: withoutBody(answer),
        url,
        unreadable,
    });
    if (sum !== undefined && (0,external_node_crypto_namespaceObject.createHash)('sha256').update(body).digest('hex') !== sum.sha256)
        return unusable({ type: 'checksum' });
    const document = decodeJson(body);
    if (typeof document !== 'object' || document === null)
        return unusable({ type: 'not-json', looksLike: looks(body) });
    try {
        return { kind: 'read', taken: take(document) };
    }
    catch (error) {
        if (!(error instanceof RequestFailure))
            throw error;
        const { proxy, tries, trace } = answer;
        const failed = { kind: 'failed', failure: error.failure, url: answer.url, proxy, tries, trace };
        return { kind: 'unusable', answer: failed, url, unreadable: undefined };
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

;// CONCATENATED MODULE: ./lib/check/advertised-lists.js







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
    if (wanted(NEWEST).length === 0)
        return [];
    const stopped = stoppedVersions((version) => wanted(version).length === 0 ? 'unread' : filterReading(version, policy, command));
    const packages = namesFor(names, entry, lists.mayHave).map((name) => `pkg://composer/${name}`);
    const text = JSON.stringify({ packages, lists: wanted(NEWEST) });
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
    return names.filter((name) => mayServe(entry, name) && mayHave(name));
}
/** What is wrong with a list, where a version of Composer stops at that. */
async function checkList(url, ask, stopped, { transport, credentialsFor, credentialsFrom, nodeExtraCaCerts, deadline, version }) {
    if (deadline.passed() || !transport.mayAsk(url) || isPublicForge(originOf(url)))
        return [];
    if (isAmong(stopped.content, await version()) === false)
        return [];
    const list = readDocument(await ask(transport), url, undefined, () => undefined);
    if (list.kind === 'read')
        return [];
    const host = originOf(url);
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
        if (repository.entry.type !== 'composer' || repository.isDefault)
            continue;
        const asked = isAsked(repository);
        const insecure = asked_repositories_insecureUrl(repository, context, asked);
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
        return served.some(({ name, by }) => mayServe(repository.entry, name) && (by === undefined || !by.entry.canonical || !isBefore(by, index)));
    };
}
/** A repository over http, or without a scheme, which Composer refuses to open. */
function asked_repositories_insecureUrl({ entry }, { project }, needed) {
    const schemeless = !/^[\w.]+\??:\/\//.test(entry.url);
    // A folder of this machine is a repository too.
    if (schemeless && (0,external_node_fs_.existsSync)(project.pathOf(entry.url)))
        return undefined;
    if (!project.secureHttp || entry.url === '' || (!schemeless && !/^http:/i.test(entry.url)))
        return undefined;
    const place = project.manifest === undefined ? undefined : { path: project.manifest.path, position: entry.position };
    const url = shownUrl(entry.url);
    return {
        code: 'insecure-url',
        host: originOf(schemeless ? `http://${url}` : url),
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

;// CONCATENATED MODULE: ./lib/check/resolved/serving-repositories.js




const serving_repositories_UNKNOWN = { kind: 'unknown', packages: undefined };
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
            origin: repository?.origin ?? shownUrl(entry.url),
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
    entry: UNNAMED_REPOSITORY,
    origin: '',
    authenticated: false,
    isDefault: false,
    named: undefined,
    versions: async () => serving_repositories_UNKNOWN,
};
async function versionsIn(entry, repository, project, name, dev) {
    switch (entry.type) {
        case 'composer': {
            return (await repository?.repository.versions(name, dev)) ?? serving_repositories_UNKNOWN;
        }
        case 'package':
            return serving_repositories_found((inlineByName(entry).get(name) ?? []).map(localVersion));
        case 'path':
            return pathVersions(project, entry.url, name);
        default:
            return serving_repositories_UNKNOWN;
    }
}
const inline = new WeakMap();
/** The packages of a `package` repository, of which there may be thousands, asked for thousands of names. */
function inlineByName(entry) {
    const known = inline.get(entry) ?? grouped(entry.inline, ({ name }) => name);
    inline.set(entry, known);
    return known;
}
/** The packages in the folders that a path repository means. */
function pathVersions({ pathOf, pathPackages }, url, name) {
    const known = pathPackages(pathOf(url));
    if (known === undefined)
        return serving_repositories_UNKNOWN;
    const packages = (known.get(name) ?? []).map((one) => localVersion(describedIn(one)));
    // Without a version in the file Composer guesses one from git.
    return packages.some(({ version }) => version === '') ? { kind: 'unknown', packages } : serving_repositories_found(packages);
}
function serving_repositories_found(versions) {
    return versions.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions, stableOnly: false };
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

;// CONCATENATED MODULE: ./lib/check/locked/locked-packages.js













/** Magento projects since 2.4.3 have it: it makes Composer read metadata even when it installs from a lock. */
const AUDIT_PLUGIN = 'magento/composer-dependency-version-audit-plugin';
/**
 * What `composer install` would download from a lock: archives and nothing else. Metapackages have none, and what is in
 * the vendor folder or in the file cache is not downloaded.
 */
async function checkLockedPackages(lock, dev, context) {
    // What is asked for with credentials of its own cannot be asked for from here.
    const hasOptions = await askedWithOptions(context);
    const wanted = lock.packages.filter((locked) => locked.type !== 'metapackage' && (dev || !locked.dev) && !hasOptions(locked) && !isClonedFirst(locked, context));
    const familyOf = familyTeller(lock);
    const archives = wanted.flatMap((locked) => archiveOf(locked, familyOf(locked.name), lock, context));
    // An address without a host is a file of this machine, as artifact repositories name them.
    const local = archives.filter(({ urls }) => !/^[a-z][a-z0-9+.-]*:/i.test(urls[0] ?? ''));
    const relative = local.filter(({ urls }) => !(0,external_node_fs_.existsSync)(context.project.pathOf(urls[0] ?? '')));
    const rest = without(archives, local);
    const insecure = context.project.secureHttp ? rest.filter(({ urls }) => /^http:/i.test(urls[0] ?? '')) : [];
    const byOrigin = grouped(without(rest, insecure), ({ urls }) => originOf(urls[0] ?? ''));
    const cloned = await clonedInstead([...relative, ...insecure], context);
    const findings = [...relativeFindings(relative, cloned), ...insecureFindings(insecure, cloned)];
    const auditing = wanted.some(({ name }) => name === AUDIT_PLUGIN) && context.project.runsPlugin(AUDIT_PLUGIN);
    if (auditing &&
        archives.some(({ name, hiddenBy }) => name !== AUDIT_PLUGIN && hiddenBy !== 'vendor' && hiddenBy !== 'perhaps-vendor')) {
        findings.push(...(await checkForAuditPlugin(servingRepositories(context), context)));
    }
    const checked = new Set();
    let leftOut = 0;
    for (const [origin, group] of byOrigin) {
        if (!mayAsk(group[0]?.urls[0] ?? '', context))
            continue;
        if (context.deadline.passed()) {
            leftOut += group.length;
            continue;
        }
        const result = await checkOrigin(origin, group, context);
        findings.push(...result.findings);
        for (const { name } of group)
            if (!result.unknown.has(name))
                checked.add(name);
    }
    return { findings, checked: [...checked], leftOut };
}
/** The packages of a lock that come from one host. */
async function checkOrigin(origin, archives, context) {
    const repository = origin === context.main.origin ? context.main : context.repositoryAt(origin);
    if (context.credentialsFor(origin) === undefined && !archives.some(({ urls }) => credentialsInUrl(urls[0] ?? ''))) {
        return { findings: await askWithoutCredentials(origin, archives, context), unknown: new Set() };
    }
    if (repository === undefined)
        return resultOf(await askSample(archives, context), context);
    const { finding } = await repository.access();
    if (finding !== undefined)
        return { findings: await weighedByArchives(finding, archives, context), unknown: new Set() };
    const listing = await repository.repository.listing();
    if (listing.kind !== 'names')
        return resultOf(await askSample(archives, context), context);
    const { names, groupOf: listOf } = listing;
    const visible = archives.filter(({ name }) => names.has(name));
    const invisible = archives.filter(({ name }) => !names.has(name));
    // One after the other: eight requests at a time are as many as Composer makes to one host.
    const asked = await askAll(invisible, context);
    const sampled = await askSample(visible.map((archive) => ({ ...archive, group: groupOf(archive.name, listOf(archive.name), archive.family) })), context);
    return resultOf([...asked, ...sampled], context);
}
async function resultOf(asked, context) {
    const unanswered = asked.filter(({ answer }) => answer.kind === 'unknown').map(({ archive }) => archive.name);
    return { findings: await archiveFindings(asked, context), unknown: new Set(unanswered) };
}
/** packages.json fails beside a lock: then the archives decide what that means. */
async function weighedByArchives(finding, archives, context) {
    const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined);
    if (needed.length === 0)
        return [weighted(finding, 'unneeded')];
    const asked = await askSample(needed, context);
    const known = asked.filter(({ answer }) => answer.kind !== 'unknown');
    if (known.length === 0)
        return [weighted(finding, 'perhaps')];
    if (known.every(({ answer }) => answer.kind === 'there')) {
        return [weighted(finding, 'archives-work')];
    }
    if (known.every((one) => failsLike(finding, one)))
        return [weighted(finding, 'archives-fail')];
    return [weighted(finding, 'archives-differ'), ...(await archiveFindings(asked, context))];
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
/** A host that composer.json names and that has no credentials: one archive tells whether it wants some. */
async function askWithoutCredentials(origin, archives, context) {
    const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined);
    const cloned = await clonedInstead(needed, context);
    const [first] = needed.filter((archive) => cloned(archive) === 'no');
    const sample = first ?? archives[0];
    if (sample === undefined)
        return [];
    const [asked] = await askAll([sample], context);
    if (asked?.answer.kind !== 'denied' || (asked.answer.status !== 401 && asked.answer.status !== 403))
        return [];
    const { status, url } = asked.answer;
    const packages = archives.map(({ name }) => name);
    return [
        {
            code: 'credentials-missing',
            reason: 'none-held',
            host: origin,
            status,
            url,
            packages,
            needed: first !== undefined,
            place: sample.place,
        },
    ];
}
/** Composer asks for the archive of what it clones first only where that fails. */
function isClonedFirst({ name, version, hasSource }, { project }) {
    return hasSource && project.installSource.prefersSource(name, version);
}
function archiveOf(locked, family, lock, { project }) {
    const { name, version, dist, hasSource, position } = locked;
    // A path is a folder of this machine.
    if (dist === undefined || dist.type === 'path')
        return [];
    const urls = distUrls(dist, name, normalizeVersion(version) ?? version, version);
    const place = { path: lock.path, position };
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
            place,
        },
    ];
}
function without(archives, others) {
    const taken = new Set(others);
    return archives.filter((archive) => !taken.has(archive));
}
function relativeFindings(archives, cloned) {
    const groups = grouped(archives, (archive) => `${archive.hiddenBy} ${cloned(archive)}`);
    return [...groups.values()].map((group) => ({
        code: 'package-denied',
        reason: 'relative-url',
        host: undefined,
        status: undefined,
        packages: group.map(({ name }) => name),
        url: group[0]?.urls[0],
        hiddenBy: group[0]?.hiddenBy,
        cloned: group[0] === undefined ? 'no' : cloned(group[0]),
        place: group[0]?.place,
    }));
}
function insecureFindings(archives, cloned) {
    const hosts = grouped(archives, ({ urls }) => originOf(urls[0] ?? ''));
    return [...hosts].map(([host, group]) => ({
        code: 'insecure-url',
        host,
        what: 'archive',
        url: shownUrl(group[0]?.urls[0] ?? ''),
        status: undefined,
        schemeless: false,
        packages: group.map(({ name }) => name),
        needed: group.some((archive) => archive.hiddenBy === undefined && cloned(archive) === 'no'),
        place: group[0]?.place,
    }));
}

;// CONCATENATED MODULE: ./lib/check/locked/read-repositories.js







/**
 * The repositories whose packages.json Composer reads beside a lock, from 2.10 on: all of them, whatever the lock takes
 * from there. Of what fails, only that counts at which such a version stops.
 */
async function checkReadRepositories(lock, context) {
    const read = servingRepositories(context).filter(({ entry, isDefault }) => entry.type === 'composer' && !isDefault);
    const findings = await inParallel(REQUESTS_AT_ONCE, read, (repository) => checkRead(repository, lock, context));
    return findings.flat();
}
async function checkRead(repository, lock, context) {
    // One over http is not opened, and Composer counts it among those that cannot be reached.
    const insecure = asked_repositories_insecureUrl(repository, context, false);
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
    const { stopsOnly = NO_VERSION } = finding;
    return stopsOnly.length === 0 ? [] : [rootFinding(named, finding, 'unneeded')];
}
/** Whether the installed Composer, or one that may be installed, reads packages.json of a repository in any case. */
async function isRead({ origin, stopped, answered }, { version }) {
    if (stopped.content.length === 0 || isPublicForge(origin))
        return false;
    // What has been asked for already costs nothing, and is judged with all else.
    return answered !== undefined || isAmong(stopped.content, await version()) !== false;
}

;// CONCATENATED MODULE: ./lib/check/packages-result.js
/** Where nothing was asked. */
const NOTHING_FOUND = { findings: [], checked: [], leftOut: 0 };

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
        const ignored = cooldown.ignored.some((pattern) => nameMatches(pattern, name));
        const version = fitting.find((one) => !one.hasPublishedTime && stabilityOf(one.version) !== 'dev');
        return version === undefined || ignored || !from.requiresPublishedTime ? [] : [{ name, version, from }];
    });
    if (lacking.length === 0 || (await context.holds('knowsCooldown')) === false)
        return [];
    return [...grouped(lacking, ({ from }) => from.url).values()].flatMap(([first, ...others]) => {
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
                place,
            },
        ];
    });
}

;// CONCATENATED MODULE: ./lib/composer/versions/constraint-range.js


/**
 * The ends of a range that is written without comparison signs; undefined when a text has no such form.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraint`, whose order of attempts this is.
 */
function parseRange(text) {
    return parseTilde(text) ?? parseCaret(text) ?? parseWildcard(text) ?? parseHyphen(text);
}
const constraint_range_VERSION = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.(\\d+))?(?:${MODIFIER}|(?<branch>\\.[x*][.-]?dev))(?:\\+[^${SPACE}]+)?${END}`, 'i');
function spelledVersion(text) {
    const match = constraint_range_VERSION.exec(text);
    if (match === null)
        return undefined;
    const { word, dev, branch } = match.groups ?? {};
    return {
        numbers: present(match.slice(1, 5)),
        isNumericBranch: branch !== undefined,
        isSuffixed: word !== undefined || dev !== undefined || branch !== undefined,
    };
}
/** `~1.2` is `>=1.2 <2`, `~1.2.3` is `>=1.2.3 <1.3`: section "Tilde Range". */
function parseTilde(text) {
    const version = text.startsWith('~') ? spelledVersion(text.slice(1)) : undefined;
    if (version === undefined)
        return undefined;
    const { numbers, isNumericBranch } = version;
    // The `x` of a numeric branch counts as a number.
    const last = Math.max(1, numbers.length - (isNumericBranch ? 0 : 1));
    return between(fromVersion(text.slice(1), version), `${raised(numbers, last)}-dev`);
}
/** `^1.2` is `>=1.2 <2`, `^0.3` is `>=0.3 <0.4`: section "Caret Range". */
function parseCaret(text) {
    const version = text.startsWith('^') ? spelledVersion(text.slice(1)) : undefined;
    if (version === undefined)
        return undefined;
    return between(fromVersion(text.slice(1), version), `${raised(version.numbers, caretPosition(version.numbers))}-dev`);
}
/** The first of three numbers that is not zero, counted from 1, or the last that is given: what a caret keeps. */
function caretPosition([major, minor, patch]) {
    if (major !== '0' || minor === undefined)
        return 1;
    return minor !== '0' || patch === undefined ? 2 : 3;
}
/** Here an unsuffixed version gets its `-dev` before it is normalized, in a hyphen range after. */
function fromVersion(text, { isSuffixed }) {
    return normalizeVersion(isSuffixed ? text : `${text}-dev`);
}
const WILDCARD = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.[xX*])+${END}`);
/** `2.4.*` is `>=2.4 <2.5`: section "X Range". */
function parseWildcard(text) {
    const match = WILDCARD.exec(text);
    if (match === null)
        return undefined;
    const numbers = present(match.slice(1, 4));
    const low = `${padded(numbers)}-dev`;
    const high = `${raised(numbers, numbers.length)}-dev`;
    return low === '0.0.0.0-dev' ? [comparison('<', high)] : between(low, high);
}
const HYPHEN = new RegExp(`^([^${SPACE}]+) +- +([^${SPACE}]+)${END}`);
/** `1.0 - 2.0` is `>=1.0 <2.1`, `1.0 - 2.0.0` is `>=1.0 <=2.0.0`: section "Hyphen Range". */
function parseHyphen(text) {
    const [, fromText = '', toText = ''] = HYPHEN.exec(text) ?? [];
    const [from, to] = [spelledVersion(fromText), spelledVersion(toText)];
    if (from === undefined || to === undefined)
        return undefined;
    const [low, high] = [normalizeVersion(fromText), normalizeVersion(toText)];
    if (low === undefined || high === undefined)
        return 'refused';
    const start = from.isSuffixed ? low : `${low}-dev`;
    const isExactEnd = to.numbers.length > 2 || to.isSuffixed;
    if (isExactEnd)
        return [comparison('>=', start), comparison('<=', high)];
    return between(start, `${raised(to.numbers, to.numbers.length)}-dev`);
}
function between(low, high) {
    return low === undefined ? 'refused' : [comparison('>=', low), comparison('<', high)];
}
/** The groups that took part in a match. */
function present(groups) {
    return groups.filter((group) => group !== undefined);
}
/** The first numbers, the last of them raised by one. Source of the rule: `VersionParser::manipulateVersionString`. */
function raised(numbers, position) {
    return padded([...numbers.slice(0, position - 1), successor(numbers[position - 1] ?? '0')]);
}
function padded(numbers) {
    return [...numbers, '0', '0', '0'].slice(0, 4).join('.');
}
/** PHP's `+ 1`: past the largest integer it is a float, which prints with 14 digits and an exponent. */
function successor(digits) {
    // A BigInt of many digits takes more than their number of steps.
    const significant = digits.replace(/^0+(?=\d)/, '');
    const next = significant.length > 64 ? undefined : BigInt(significant) + 1n;
    if (next !== undefined && next < 2n ** 63n)
        return String(next);
    const [mantissa = '', exponent = ''] = Number(next ?? significant)
        .toExponential(13)
        .split('e');
    const shortest = mantissa.replace(/0+$/, '').replace(/\.$/, '.0');
    return `${shortest}E${exponent}`;
}

;// CONCATENATED MODULE: ./lib/composer/versions/constraint.js




/**
 * Whether a version, as `normalizeVersion` returns it, meets a constraint.
 *
 * Source of the rule: composer/semver `MultiConstraint::matches` and `Constraint::matchSpecific`, of whose cases only a
 * single version (`new Constraint('==', $version)`) is asked for here.
 */
function satisfies(normalizedVersion, constraint) {
    switch (constraint.kind) {
        case 'any':
            return true;
        case 'comparison':
            return compareVersions(normalizedVersion, constraint.version, constraint.operator);
        case 'all-of':
            return constraint.constraints.every((part) => satisfies(normalizedVersion, part));
        case 'one-of':
            return constraint.constraints.some((part) => satisfies(normalizedVersion, part));
    }
}
/**
 * Reads a constraint as it stands in a composer.json, undefined when Composer refuses it.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraints`.
 */
function parseConstraint(text) {
    const alternatives = [];
    for (const parts of splitConstraint(text)) {
        const conjunction = [];
        for (const part of parts) {
            const parsed = parsePart(part);
            if (parsed === undefined)
                return undefined;
            conjunction.push(...parsed);
        }
        alternatives.push(combined('all-of', conjunction));
    }
    return combined('one-of', withContiguousJoined(alternatives));
}
function combined(kind, constraints) {
    const [only] = constraints;
    return only !== undefined && constraints.length === 1 ? only : { kind, constraints };
}
/**
 * Joins neighbours of which the first ends where the second begins: `>=1 <2 || >=2 <3` is `>=1 <3`. Composer does not
 * look whether the first range is empty, so that `>=2 <1 || >=1 <3` loses what lies from 1 to 2.
 *
 * Source of the rule: composer/semver `MultiConstraint::optimizeConstraints`.
 */
function withContiguousJoined(alternatives) {
    const joined = [];
    for (const right of alternatives) {
        const [from, to] = rangeEnds(joined.at(-1)) ?? [];
        const [nextFrom, nextTo] = rangeEnds(right) ?? [];
        if (from && nextTo && to?.operator === '<' && to.version === nextFrom?.version) {
            joined[joined.length - 1] = { kind: 'all-of', constraints: [from, nextTo] };
        }
        else {
            joined.push(right);
        }
    }
    return joined;
}
/** The ends of a range of the form `>=a <b` or `>=a <=b`. */
function rangeEnds(constraint) {
    if (constraint?.kind !== 'all-of' || constraint.constraints.length !== 2)
        return undefined;
    const [from, to] = constraint.constraints;
    if (from?.kind !== 'comparison' || to?.kind !== 'comparison')
        return undefined;
    return from.operator === '>=' && to.operator.startsWith('<') ? [from, to] : undefined;
}
const constraint_STABILITY_FLAG = new RegExp(`^([^,${SPACE}]*?)@(${STABILITY_NAMES})${END}`, 'i');
/** The first look ahead says what the end asks for, so that it is not asked for behind every `#` anew. */
const REFERENCE = new RegExp(`^(?=[^\\n]*${END})(dev-[^,${SPACE}@]+?|[^,${SPACE}@]+?\\.x-dev)#[^\\n]+${END}`, 'i');
const ANY_VERSION = new RegExp(`^(v?)[x*]((?:\\.[x*])*)${END}`, 'i');
/**
 * What a part stands for after splitting: one comparison, the two ends of a range, or any version.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraint`.
 */
function parsePart(text) {
    const source = withoutInlineAlias(text);
    const [, flagged, flag] = constraint_STABILITY_FLAG.exec(source) ?? [];
    const unflagged = flagged === '' ? '*' : (flagged ?? source);
    const part = REFERENCE.exec(unflagged)?.[1] ?? unflagged;
    const anyVersion = ANY_VERSION.exec(part);
    if (anyVersion !== null) {
        // A plain `*` takes branches too; `*.*` is a comparison, which no branch meets.
        const isPlain = anyVersion[1] === '' && anyVersion[2] === '';
        return [isPlain ? { kind: 'any' } : comparison('>=', '0.0.0.0-dev')];
    }
    const range = parseRange(part);
    if (range !== undefined)
        return range === 'refused' ? undefined : range;
    // PHP compares the flag as it stands: `@STABLE` is appended to the version like any other.
    const single = parseComparison(part, flag === 'stable' ? undefined : flag);
    return single === undefined ? undefined : [single];
}
const COMPARISON = new RegExp(`^(<>|!=|>=?|<=?|==?)?[${SPACE}]*([^\\n]*)`);
/** Without the flag `i`, on a text in lower case: so `-RC1` is no suffix here, and `>=1.0-RC1` gets a `-dev` more. */
const SUFFIXED = new RegExp(`-${MODIFIER}${END}`);
/** Source of the rule: the section "Basic Comparators" of composer/semver `VersionParser::parseConstraint`. */
function parseComparison(part, flag) {
    const [, sign, text = ''] = COMPARISON.exec(part) ?? [];
    const version = normalizeVersion(text) ?? misspelledBranch(text);
    if (version === undefined)
        return undefined;
    const operator = operatorOf(sign);
    if (operator !== '==' && flag !== undefined && stabilityOf(version) === 'stable') {
        return comparison(operator, `${version}-${flag}`);
    }
    // `>=2.4` takes in the pre-releases of 2.4 and `<2.4` leaves them out, unless the text names a pre-release itself.
    const isBoundary = operator === '<' || operator === '>=';
    const isFinal = !SUFFIXED.test(text.toLowerCase()) && !text.startsWith('dev-');
    return comparison(operator, isBoundary && isFinal ? `${version}-dev` : version);
}
/** `feature/x-dev`, which should have been `dev-feature/x`. */
function misspelledBranch(text) {
    return /^[\dA-Za-z\-./]*-dev$/.test(text) ? `dev-${text.slice(0, -4)}` : undefined;
}
function operatorOf(sign) {
    switch (sign) {
        case '!=':
        case '<>':
            return '!=';
        case '<':
        case '<=':
        case '>':
        case '>=':
            return sign;
        default:
            return '==';
    }
}

;// CONCATENATED MODULE: ./lib/check/resolved/wanted-package.js





/** As many versions as an annotation names. */
const NEAREST = 5;
/** What a root requirement wants. Source of the rule: `RootPackageLoader::extractStabilityFlags`. */
function wantedPackage({ name, constraint }, minimumStability) {
    const minimum = stabilityNamed(minimumStability);
    const stability = extractStability(constraint, minimum) ?? minimum;
    return { name, constraint, stability, dev: stability === 'dev' };
}
/** Sorts the versions of a package by what is wanted. */
function fittingVersions({ constraint, stability }, versions) {
    const parsed = parseConstraint(constraint);
    const short = versions.filter(({ version, versionNormalized = '' }) => Math.max(version.length, versionNormalized.length) <= LONGEST_VERSION);
    const known = short.flatMap((version) => {
        const normalized = version.versionNormalized ?? normalizeVersion(version.version);
        return normalized === undefined ? [] : [{ version, normalized }];
    });
    const descending = known.toSorted((a, b) => {
        if (a.normalized === b.normalized)
            return 0;
        return compareVersions(a.normalized, b.normalized, '>') ? -1 : 1;
    });
    if (parsed === undefined)
        return { best: undefined, fitting: [], alone: false, nearest: [], claimed: true, unstable: false, readable: false };
    // A branch counts under its alias too: dev-main as 1.x-dev satisfies ^1.0@dev.
    const satisfying = descending.filter(({ version, normalized }) => [normalized, ...version.aliases].some((known) => satisfies(known, parsed)));
    const allowed = ({ version }) => isAllowed(stabilityOf(version.version), stability);
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
    return distUrls(dist, name, versionNormalized ?? normalizeVersion(version) ?? version, version);
}
/** The word of `minimum-stability`; what is none counts as `stable`, Composer's default. */
function stabilityNamed(text) {
    const words = ['stable', 'RC', 'beta', 'alpha', 'dev'];
    return words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? 'stable';
}
/** The versions next to the first version that a constraint names, above and below; the newest where it names none. */
function nearestTo(constraint, descending) {
    const named = /\d+(?:\.\d+)*(?:-[\w.]+)?/.exec(constraint)?.[0];
    const aim = named === undefined ? undefined : normalizeVersion(named);
    const at = aim === undefined ? 0 : descending.findIndex(({ normalized }) => compareVersions(normalized, aim, '<='));
    const middle = at === -1 ? descending.length : at;
    const start = Math.max(0, Math.min(middle - 2, descending.length - NEAREST));
    return descending.slice(start, start + NEAREST).map(({ version }) => version.version);
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
        return { findings: [finding], checked: [], leftOut: 0 };
    const results = [];
    for (const one of requested)
        results.push(await checkOne(one, context));
    const findings = results.flatMap((result) => result.findings);
    const asked = await askSample(results.flatMap(({ archives }) => archives), context);
    const taken = results.flatMap(({ fitting: [first, ...others] }) => first === undefined ? [] : [{ name: first.name, fitting: [first, ...others], from: publishingMain(context) }]);
    return {
        findings: [
            ...joinedByCause(findings),
            ...(await archiveFindings(asked, context)),
            ...(await checkCooldown(taken, context)),
        ],
        checked,
        leftOut: 0,
    };
}
/** The main repository as the project, if it names it, wants it to be read. */
function publishingMain({ main, project }) {
    const named = project.repositories.find(({ entry }) => repositoryUrl(withoutUserinfo(entry.url)) === main.url);
    const requiresPublishedTime = named?.entry.requiresPublishedTime ?? true;
    return { url: main.url, origin: main.origin, requiresPublishedTime, place: main.place };
}
async function checkOne({ name, constraint }, context) {
    const { main } = context;
    const wanted = requestedVersion(name, constraint);
    const has = await main.repository.versions(name, wanted.dev);
    switch (has.kind) {
        case 'unusable':
            return { findings: has.why === undefined ? [] : brokenFile(main, has.why, context), archives: [], fitting: [] };
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
            place: undefined,
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
    const stability = constraint === undefined ? 'stable' : stabilityOf(constraint);
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

;// CONCATENATED MODULE: ./lib/composer/version-entry.js







/** Holds without a bound, for documents of our own. */
function holdAnything(keep = () => { }) {
    return { links: new Map(), texts: new Map(), keep };
}
/** Source: composer/semver `VersionParser::DEFAULT_BRANCH_ALIAS`. */
const version_entry_ANY_VERSION = '9999999-dev';
/** What is longer is no version that anybody asks for, and costs time wherever two are compared. Characters. */
const version_entry_LONGEST_VERSION = 512;
/** What an object takes with its place in a list, about. Bytes. */
const OBJECT = 80;
const version_entry_REFERENCE = 8;
const NONE = [];
/**
 * Opens a reader for the entries of one document, which gives undefined for what is no version or not of the wanted name.
 * Objects that entries share, as those of a minified list do, are read once.
 */
function versionReader(held, only) {
    const [requires, replaces, provides] = [linksReader(held), linksReader(held), linksReader(held)];
    const dists = once((dist) => distOf({ dist }));
    const branches = once(targetsByBranch);
    const dist = (value) => {
        const read = json_isJsonObject(value) ? dists(value) : undefined;
        if (read !== undefined)
            held.keep(OBJECT + version_entry_lengthOf(read));
        return read;
    };
    const both = (one, other) => {
        if (one.length === 0 || other.length === 0)
            return one.length === 0 ? other : one;
        held.keep(version_entry_REFERENCE * (one.length + other.length));
        return [...one, ...other];
    };
    return (key, entry) => {
        const name = version_entry_textOf(entry.name) ?? key;
        // A server's words, which go into what this action says.
        if (typeof entry.version !== 'string' || entry.version.length > version_entry_LONGEST_VERSION || hasControls(entry.version))
            return undefined;
        if ((only !== undefined && name.toLowerCase() !== only) || !isPackageName(name))
            return undefined;
        const { version, extra } = entry;
        const normalized = version_entry_textOf(entry.version_normalized);
        held.keep(2 * OBJECT + version.length + (normalized?.length ?? 0));
        return {
            name: sharedText(held, name.toLowerCase()),
            version,
            versionNormalized: normalized !== undefined && normalized.length <= version_entry_LONGEST_VERSION ? normalized : undefined,
            type: sharedText(held, version_entry_textOf(entry.type) ?? 'library'),
            dist: dist(entry.dist),
            hasSource: json_isJsonObject(entry.source),
            hasPublishedTime: isTime(entry['published-time']),
            aliases: aliasesOf(version, entry['default-branch'] === true, () => {
                const named = json_isJsonObject(extra) ? extra['branch-alias'] : undefined;
                return (json_isJsonObject(named) ? branches(named).get(version.toLowerCase()) : undefined) ?? [];
            }),
            requires: requires(entry.require),
            provides: both(replaces(entry.replace), provides(entry.provide)),
        };
    };
}
/** Source of the rule: `ArrayLoader::configureObject`. */
function isTime(value) {
    return typeof value === 'number' || version_entry_textOf(value) !== undefined;
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
        const links = linksIn(section, (name, constraint) => sharedLink(held, name, constraint));
        if (links.length === last.length && links.every((link, index) => link === last[index]))
            return last;
        held.keep(OBJECT + version_entry_REFERENCE * links.length);
        // Copied, since a list that was filled one by one has room for more.
        last = links.slice();
        return last;
    });
    return (section) => (json_isJsonObject(section) ? read(section) : NONE);
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
function version_entry_lengthOf({ url, shasum, reference, mirrors }) {
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
/** What a branch counts as besides its own name: what it says itself, else any version if it is the default one. */
function aliasesOf(version, isDefault, named) {
    if (stabilityOf(version) !== 'dev')
        return NONE;
    for (const [branch, target] of named()) {
        if (typeof target !== 'string' || target.length > version_entry_LONGEST_VERSION)
            continue;
        const branchTarget = target.endsWith('-dev') ? normalizedNumericBranch(target) : undefined;
        const alias = target === version_entry_ANY_VERSION ? target : branchTarget;
        if (alias !== undefined && isWithin(target, branch))
            return [alias];
    }
    return isDefault && numbersOf(version) === undefined ? [version_entry_ANY_VERSION] : NONE;
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
function version_entry_textOf(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

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
    if (!json_isJsonObject(filter) || !isTruthy(filter.metadata ?? false))
        return undefined;
    const lists = json_isJsonObject(filter.lists) ? Object.entries(filter.lists) : [];
    const enabled = lists.filter(([, list]) => json_isJsonObject(list) && isTruthy(list.enabled ?? false));
    const names = enabled.map(([name]) => name);
    const [forNames, whole] = [readUrl(filter['api-url']), readUrl(filter['summary-url'])];
    if (names.length === 0 || (forNames === '' && whole === ''))
        return undefined;
    return forNames === '' ? { names, url: whole, asked: 'as-a-whole' } : { names, url: forNames, asked: 'for-names' };
}
function advisoriesUrlOf(advisories) {
    if (!json_isJsonObject(advisories) || isTruthy(advisories.metadata ?? false))
        return undefined;
    return readUrl(advisories['api-url']) || undefined;
}

;// CONCATENATED MODULE: ./lib/composer/metadata.js




/**
 * Reads packages.json, which was found to be an object or a list, or a file that it includes.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
function readRoot(data, keep = () => { }) {
    const root = json_isJsonObject(data) ? data : {};
    const metadataUrl = metadata_textOf(root['metadata-url']);
    const available = textsOf(root['available-packages']);
    const patterns = textsOf(root['available-package-patterns']);
    // An empty list is none: PHP's `empty`.
    const lists = available.length > 0 || patterns.length > 0;
    const lazyUrl = metadataUrl === undefined ? metadata_textOf(root['providers-lazy-url']) : undefined;
    const perName = metadataUrl !== undefined || lazyUrl !== undefined;
    const listed = metadata_textOf(root['providers-url']) !== undefined || !metadata_isEmpty(root.providers);
    const read = {
        metadataUrl,
        lazyUrl,
        available: lists ? new Set(available.map((name) => name.toLowerCase())) : undefined,
        availablePatterns: lists ? patterns : undefined,
        providersUrl: metadataUrl === undefined ? metadata_textOf(root['providers-url']) : undefined,
        providerIncludes: metadataUrl === undefined ? hashed(root['provider-includes']) : [],
        listsNames: metadataUrl === undefined,
        // A repository that lists names, or answers for single ones, is not looked at for files that hold packages.
        includes: !perName && !listed && json_isJsonObject(root.includes) ? Object.keys(root.includes) : [],
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
/** The `providers` of an include file: names with the sha256 of their package files. */
function* readProviders(data) {
    const providers = json_isJsonObject(data) && json_isJsonObject(data.providers) ? data.providers : {};
    for (const name in providers) {
        const entry = providers[name];
        if (json_isJsonObject(entry) && typeof entry.sha256 === 'string')
            yield [name.toLowerCase(), entry.sha256];
    }
}
/**
 * The versions in `packages`: an object or a list per name, the list possibly minified (each version says only what
 * differs from the one before). Source: `ComposerRepository`, `composer/metadata-minifier`.
 *
 * @param only the name whose versions are wanted, where not all are
 */
function readPackages(data, held = holdAnything(), only) {
    if (!json_isJsonObject(data) || !json_isJsonObject(data.packages))
        return [];
    const { packages, minified } = data;
    const read = versionReader(held, only);
    const found = [];
    for (const name in packages) {
        const versions = valuesOf(packages[name]).filter(json_isJsonObject);
        for (const entry of minified === 'composer/2.0' ? expanded(versions) : versions) {
            const version = read(name, entry);
            if (version !== undefined)
                found.push(version);
        }
    }
    return found;
}
/** The entries of a minified list, each with what it leaves out since the one before says it. */
function* expanded(versions) {
    let previous = {};
    for (const version of versions) {
        previous = metadata_merged(previous, version);
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
function metadata_merged(previous, version) {
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
    return valuesOf(value).flatMap((mirror) => {
        const url = json_isJsonObject(mirror) ? readUrl(mirror['dist-url']) : '';
        return json_isJsonObject(mirror) && url !== '' ? [{ url, preferred: Boolean(mirror.preferred) }] : [];
    });
}
function metadata_isEmpty(value) {
    return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
function hashed(value) {
    if (!json_isJsonObject(value))
        return [];
    return Object.entries(value).map(([path, entry]) => {
        const sha256 = json_isJsonObject(entry) ? entry.sha256 : undefined;
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
    const mirrors = contents.root.mirrors.map(({ url, ...rest }) => ({ ...rest, url: absolute(url, source.rootUrl) }));
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
    return available.has(name) || anyMatches(availablePatterns ?? [], name);
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
/** v1: a file whose sum the repository gives. */
async function askBySum(template, name, sha256, source) {
    const { rootUrl, transport } = source;
    const url = absolute(template, rootUrl)
        .replaceAll('%package%', () => name)
        .replaceAll('%hash%', () => sha256);
    const from = encoded(url);
    if (!transport.mayAsk(from))
        return { kind: 'unusable', why: undefined };
    const file = readDocument(await transport.get(from), from, { sha256 }, versionsOf(name, source));
    return file.kind === 'unusable'
        ? { kind: 'unusable', why: file }
        : { kind: 'versions', versions: file.taken, stableOnly: true };
}
async function askByName({ template, name, files, stableOnly }, source) {
    const { rootUrl, transport } = source;
    const urls = files.map((file) => encoded(absolute(template, rootUrl).replaceAll('%package%', () => file)));
    // A repository of a pull request can name repo.magento.com's over http: keys never go there, nor to anybody on the way.
    if (!urls.every(transport.mayAsk))
        return { kind: 'unusable', why: undefined };
    const read = await inParallel(2, urls, async (from) => {
        const answer = await transport.get(from);
        // Where one asks for single names, and nowhere else, 404 means: no such package.
        return answer.kind === 'answered' && answer.status === 404
            ? undefined
            : readDocument(answer, from, undefined, versionsOf(name, source));
    });
    const broken = read.find((file) => file?.kind === 'unusable');
    if (broken !== undefined)
        return { kind: 'unusable', why: broken };
    const versions = read.flatMap((file) => (file?.kind === 'read' ? file.taken : []));
    return versions.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions, stableOnly };
}
function versionsOf(name, { held }) {
    return (document) => readPackages(document, held, name);
}

;// CONCATENATED MODULE: ./lib/server/listed-names.js
/** What a name takes beside its letters and those of its sum, also in the set of all names. Bytes. */
const NAME = 200;
const SHA256 = /^[0-9a-f]{64}$/;
/**
 * Opens an empty collection. A repository has tens of thousands of names, of which a handful is asked for: beside a name
 * only its sum is held, as bytes.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
function openListedNames(keep) {
    const lists = new Map();
    return {
        add: (list, name, sha256) => {
            const sums = lists.get(list) ?? new Map();
            lists.set(list, sums);
            const sum = packed(sha256);
            keep(NAME + name.length + sum.length);
            sums.set(name, sum);
        },
        get: (name) => {
            const [list, sum] = [...lists].map(([list, sums]) => [list, sums.get(name)]).findLast(([, sum]) => sum !== undefined) ?? [];
            return list === undefined || sum === undefined ? undefined : { list, sha256: unpacked(sum) };
        },
        names: () => [...lists.values()].flatMap((sums) => [...sums.keys()]),
    };
}
/** Half as long; what is no sum of that kind fits no file, and is told from one by its end. */
function packed(sha256) {
    return SHA256.test(sha256) ? Buffer.from(sha256, 'hex').toString('latin1') : `${sha256}${listed_names_TEXT}`;
}
function unpacked(sum) {
    return sum.endsWith(listed_names_TEXT) ? sum.slice(0, -1) : Buffer.from(sum, 'latin1').toString('hex');
}
/** No byte. */
const listed_names_TEXT = '\u0100';

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
    return { answer: file.kind === 'read' ? withoutBody(answer) : file.answer, file };
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
    const inline = grouped([...packages, ...included.files.flat()], ({ name }) => name);
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
    return repository_contents_followed(transport, providerIncludes, ({ path, sha256 }) => ({ from: `${baseUrl}/${path.replaceAll('%hash%', () => sha256)}`, sum: { sha256 } }), (document, { path }) => {
        addNames(listed, path, document);
        return readRoot(document, transport.keep).providerIncludes;
    });
}
/** Files with packages that packages.json includes, which may include others. */
async function askForIncluded({ includes }, baseUrl, transport, held) {
    const files = [];
    const asked = await repository_contents_followed(transport, includes, (path) => ({ from: `${baseUrl}/${path}`, sum: undefined }), (document) => {
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
async function repository_contents_followed(transport, links, describe, take) {
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
        const files = await inParallel(REQUESTS_AT_ONCE, [...fresh.values()], async (link) => {
            const { from, sum } = describe(link);
            const address = encoded(from);
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
    const rootUrl = packagesJsonUrl(url);
    // Source of the rule: `ComposerRepository::__construct`, `baseUrl`.
    const baseUrl = withoutSlashesAtEnd(url.replace(/(?:\/[^/]+\.json)?(?:[?#].*)?$/, ''));
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
        filter: filter && { ...filter, url: absolute(filter.url, rootUrl) },
        advisoriesUrl: advisoriesUrl && absolute(advisoriesUrl, rootUrl),
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
        ? { answer: withoutBody(answer), unreadable: undefined }
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
        const url = read_all_the_same_urlOf(entry.url);
        if (byUrl.get(url) !== filtered)
            byUrl.set(url, entry.filter ? filtered : exempt);
    }
    return (url) => byUrl.get(read_all_the_same_urlOf(url)) ?? STOPS_NO_VERSION;
}
function read_all_the_same_urlOf(written) {
    return repositoryUrl(withoutUserinfo(written));
}

;// CONCATENATED MODULE: ./lib/check/context.js







/** Brings together what the checks need; nothing is asked yet. */
function checkContext(options) {
    const { transport, project, held, credentialsFrom, nodeExtraCaCerts, deadline, version } = options;
    const credentialsFor = (origin) => sentTo(held.get(origin));
    const isOtherwiseAuthenticated = (origin) => held.get(origin)?.kind === 'other';
    const opened = new Map();
    const stoppedAt = stoppedByRoot(project);
    /** @param inUrl the credentials in its URL, which count for its files whatever else Composer holds for the origin */
    const open = (url, place, inUrl) => {
        const host = originOf(url);
        const held = credentialsFor(host);
        const own = inUrl !== undefined && (held === undefined || !isSamePair(inUrl, held)) ? inUrl : undefined;
        const key = JSON.stringify([url, own]);
        const credentials = own ?? held;
        const from = () => (own === undefined ? credentialsFrom(host) : fromUrl(project, place ?? context_placeOf(project, url)));
        const way = own === undefined ? transport : transport.as(host, own);
        const access = { host, credentials, from, nodeExtraCaCerts, place };
        const repository = opened.get(key) ?? openNamedRepository(url, access, stoppedAt(url), way);
        opened.set(key, repository);
        return repository;
    };
    const mainUrl = withoutSlashesAtEnd(options.repositoryUrl);
    const mainPlace = context_placeOf(project, mainUrl);
    const named = ({ url: text, hasOptions }, place) => {
        // A folder of this machine is one too, and options of its own are not sent here.
        if (hasOptions || (0,external_node_fs_.existsSync)(project.pathOf(text)))
            return undefined;
        const inUrl = credentialsInUrl(text);
        const url = repositoryUrl(withoutUserinfo(text));
        if (url === undefined || !isPrivateRoute(url) || (inUrl === undefined && isOtherwiseAuthenticated(originOf(url))))
            return undefined;
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
        furtherAddresses: options.furtherAddresses,
        deadline,
        stoppedAt,
        holds: async (rule) => holdsIn(await version(), rule),
        version,
        main: open(mainUrl, mainPlace),
        repositoryAt: (origin) => byOrigin().get(origin)?.repository,
        isNamed: (origin) => byOrigin().get(origin)?.isNamed === true,
        named,
    };
}
/** That credentials stand in the URL of a repository, at a place of composer.json. */
function fromUrl({ manifest }, place) {
    return { from: 'elsewhere', by: 'url', name: manifest?.path ?? '', place };
}
/** The first repository at each origin, and whether any there is one that somebody named. */
function firstByOrigin({ repositories }, opened) {
    const composer = repositories.filter(({ entry }) => entry.type === 'composer');
    const first = new Map();
    for (const { entry, named } of composer) {
        const repository = opened(entry, undefined);
        if (repository === undefined)
            continue;
        const known = first.get(repository.origin) ?? { repository, isNamed: false };
        first.set(repository.origin, { ...known, isNamed: known.isNamed || named !== 'default' });
    }
    return first;
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
function context_placeOf({ manifest }, url) {
    const entry = manifest?.repositories.find((repository) => repositoryUrl(withoutUserinfo(repository.url)) === url);
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
    const byOrigin = grouped(reading, ({ origin }) => origin);
    let changed = context;
    for (const [origin, repositories] of byOrigin) {
        const several = repositories.length > 1 && repositories.some(({ entry }) => credentialsInUrl(entry.url));
        if (!several)
            continue;
        const order = await readingOrder(repositories, asked, resolved, context);
        const last = order.findLast(({ entry }) => credentialsInUrl(entry.url) !== undefined);
        const credentials = last === undefined ? undefined : credentialsInUrl(last.entry.url);
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
        .flatMap(({ name }) => (isPlatformPackage(name) ? [] : [name])));
    let last;
    for (const repository of repositories) {
        const listing = await repository.named?.repository.listing();
        if (listing === undefined || listing.kind === 'unusable')
            continue;
        // One that answers for single names is asked for every one.
        const has = (name) => listing.kind === 'by-name' || listing.names.has(name);
        const found = [...names].filter((name) => mayServe(repository.entry, name) && has(name));
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

;// CONCATENATED MODULE: ./lib/check/resolved/resolved-requirement.js



/** Who serves a requirement, asked in Composer's order. Source: `PoolBuilder::loadPackagesMarkedForLoading`. */
async function resolveRequirement(wanted, serving) {
    const candidates = serving.filter(({ entry }) => mayServe(entry, wanted.name));
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
    return unasked.length === 0 ? undefined : { kind: 'repositories', names };
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
    const excluding = serving.find(({ entry }) => entry.exclude.length > 0 && !mayServe(entry, name));
    return excluding === undefined
        ? `\`only\` of ${first.origin} does not name it`
        : `\`exclude\` of ${excluding.origin} takes it out`;
}

;// CONCATENATED MODULE: ./lib/check/resolved/requirement-findings.js





/** What is wrong with a root requirement, by what became of it. */
function requirementFindings(requirement, result, manifest, context) {
    switch (result.kind) {
        case 'satisfied':
        case 'unasked':
            return [];
        case 'unserved': {
            const { named } = result.by;
            // A failing packages.json is reported with its repository.
            return named === undefined || named.answered?.finding !== undefined ? [] : brokenFile(named, result.why, context);
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
                },
            ];
        }
        case 'unsatisfied':
            return requirement_findings_unsatisfied(requirement, result, manifest);
    }
}
function deniedAs({ name, position }, { path }) {
    return {
        code: 'package-denied',
        status: undefined,
        packages: [name],
        place: { path, position },
    };
}
function requirement_findings_unsatisfied(requirement, { versions, by, mayBeElsewhere }, { path, minimumStability }) {
    const { name, constraint, position } = requirement;
    const wanted = wantedPackage(requirement, minimumStability);
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
            place: { path, position },
        },
    ];
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
async function archiveFor(requirement, result, manifest, installsDev, { project }) {
    if (result.kind !== 'satisfied' || !result.by.authenticated)
        return [];
    if (requirement.dev && !installsDev)
        return [];
    const { best, fitting, alone, by } = result;
    const wanted = wantedPackage(requirement, manifest.minimumStability);
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
/** Asks for a sample. Of a package whose archive is denied in every version that fits, no other version helps. */
async function askResolved(resolved, context) {
    const othersOf = new Map(resolved.map(({ archive, others }) => [archive, others]));
    const asked = await askSample([...othersOf.keys()], context);
    return inParallel(1, asked, async (one) => {
        const others = othersOf.get(one.archive) ?? [];
        if (one.answer.kind !== 'denied' || others.length === 0)
            return one;
        const answers = await askAll(others, context);
        const allDenied = answers.every(({ answer }) => answer.kind === 'denied');
        return allDenied ? { ...one, archive: { ...one.archive, mayBeElsewhere: false } } : one;
    });
}
/** The first package that a metapackage requires and that the repository has which serves it. */
async function requiredBy({ requires }, by, { minimumStability, provides }) {
    const links = requires
        .filter(({ name }) => !isPlatformPackage(name) && !provides.includes(name))
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
function resolved_archives_archiveOf(taken, alone, { dev, position }, manifest, project) {
    const { name, version, type, dist, hasSource } = taken;
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
        requires: [],
        position,
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
        place: { path: manifest.path, position },
    };
    return [archive];
}

;// CONCATENATED MODULE: ./lib/composer/versions/constraint-overlap.js

/**
 * Whether what a package stands in for, a constraint itself (`"replace": { "acme/old": "^1.0" }`), meets what a
 * requirement asks for.
 *
 * Source of the rule: composer/semver `MultiConstraint::matches` and `Constraint::matchSpecific`, which look at two
 * comparisons at a time: `>1 <2` and `>=3` do not meet, since `<2` and `>=3` do not.
 */
function overlaps(asked, offered) {
    if (asked.kind === 'any' || offered.kind === 'any')
        return true;
    if (asked.kind === 'comparison' && offered.kind === 'comparison')
        return comparisonsMeet(asked, offered);
    if (asked.kind === 'one-of')
        return asked.constraints.some((part) => overlaps(part, offered));
    if (offered.kind === 'one-of')
        return offered.constraints.some((part) => overlaps(asked, part));
    if (asked.kind === 'all-of')
        return asked.constraints.every((part) => overlaps(part, offered));
    return offered.kind === 'all-of' && offered.constraints.every((part) => overlaps(asked, part));
}
function comparisonsMeet(a, b) {
    if (a.operator === '==')
        return isIn(a.version, b);
    if (b.operator === '==')
        return isIn(b.version, a);
    // Branches have no order: two ranges that name one never meet.
    const [aIsBranch, bIsBranch] = [isBranch(a), isBranch(b)];
    if (a.operator === '!=')
        return b.operator === '!=' || !bIsBranch;
    if (b.operator === '!=')
        return !aIsBranch;
    if (aIsBranch || bIsBranch)
        return false;
    const [aIsFloor, bIsFloor] = [a.operator.startsWith('>'), b.operator.startsWith('>')];
    if (aIsFloor === bIsFloor)
        return true;
    const [floor, ceiling] = aIsFloor ? [a, b] : [b, a];
    const bothIncluded = floor.operator === '>=' && ceiling.operator === '<=';
    return compareVersions(floor.version, ceiling.version, bothIncluded ? '<=' : '<');
}
function isIn(version, { operator, version: other }) {
    return compareVersions(version, other, operator);
}
function isBranch({ version }) {
    return version.startsWith('dev-');
}

;// CONCATENATED MODULE: ./lib/check/resolved/stand-ins.js








/** Names that are looked up. Adobe Commerce with its extensions has some nine hundred. */
const stand_ins_MOST_NAMES = 1500;
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
        reached = await inParallel(REQUESTS_AT_ONCE, fresh, async (link) => deadline.passed() ? { versions: [], complete: false } : reach(wantedPackage(link, minimumStability), named));
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
        if (isPlatformPackage(name) || constraints?.has('*') || constraints?.has(constraint))
            return undefined;
        if (constraints === undefined && followed.size >= stand_ins_MOST_NAMES) {
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
    for (const repository of serving.filter(({ entry }) => mayServe(entry, wanted.name))) {
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
    const asked = parseConstraint(constraint);
    if (asked === undefined)
        return true;
    if (link.constraint === 'self.version') {
        const own = by.versionNormalized ?? normalizeVersion(by.version);
        return own === undefined || [own, ...by.aliases].some((version) => satisfies(version, asked));
    }
    const offered = parseConstraint(link.constraint);
    return offered === undefined || overlaps(asked, offered);
}

;// CONCATENATED MODULE: ./lib/check/resolved/root-requirements.js












/**
 * What `composer update` would resolve for the root requirements, which is also what `install` does without a lock. Their
 * own requirements are followed only where another package may stand in for one that fails.
 */
async function checkRootRequirements(manifest, dev, context) {
    const serving = servingRepositories(context);
    const provided = new Set(manifest.provides);
    const requirements = manifest.requirements.filter(({ name }) => !provided.has(name));
    const resolved = await inParallel(REQUESTS_AT_ONCE, requirements, async (requirement) => ({
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
    const found = await inParallel(REQUESTS_AT_ONCE, open, ({ requirement, result }) => archiveFor(requirement, result, manifest, dev, context));
    const archives = found.flat();
    const asked = await withStandIns(await askResolved(archives, afterwards), (names) => standInFor(names, archives));
    const cooldown = await checkCooldown(open.flatMap(({ requirement, result }) => takenPackage(requirement, result, manifest)), context);
    return {
        findings: [...hosts, ...joinedByCause(findings), ...(await archiveFindings(asked, afterwards)), ...cooldown],
        // Of those that a failing repository was to serve nothing was learnt.
        checked: resolved
            .filter(({ result }) => result.kind !== 'unserved' && result.kind !== 'unasked')
            .map(({ requirement }) => requirement.name),
        leftOut: resolved.filter(({ result }) => result.kind === 'unasked').length,
    };
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

;// CONCATENATED MODULE: ./lib/check/check-packages.js







/**
 * Judges every package that the coming command needs: those of the lock, or the root requirements, and those of the input
 * `packages`. Where there is no project and nothing is named, only whether the keys are accepted.
 */
async function checkPackages(command, requested, context) {
    const { manifest, lock } = context.project;
    const results = [];
    if (lock !== undefined) {
        results.push(await checkLockedPackages(lock, command.dev, context));
        results.push({ ...NOTHING_FOUND, findings: await checkReadRepositories(lock, context) });
    }
    else if (manifest !== undefined)
        results.push(await checkRootRequirements(manifest, command.dev, context));
    // What is asked with headers or a certificate cannot be asked from here.
    const asksMain = !context.isOtherwiseAuthenticated(context.main.origin);
    if (requested.length > 0 && asksMain)
        results.push(await checkRequestedPackages(requested, context));
    else if (lock === undefined && !namesMain(context))
        results.push(await mainAlone(context));
    return {
        findings: check_packages_distinct(results.flatMap(({ findings }) => findings)),
        checked: [...new Set(results.flatMap(({ checked }) => checked))],
        leftOut: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
    };
}
/** Whether composer.json, where there is one, has anything to do with the repository of the keys. */
function namesMain({ main, project }) {
    return project.manifest?.repositories.some(({ url }) => main.url === withoutSlashesAtEnd(url)) === true;
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
    return { findings: finding === undefined ? [] : [weighted(finding, weight)], checked: [], leftOut: 0 };
}
/** The same finding about a host, from two checks, is one: the heavier stays. */
function check_packages_distinct(findings) {
    const kept = new Map();
    for (const finding of findings) {
        const key = 'weight' in finding ? `${finding.code} ${finding.url}` : finding;
        const heavy = 'weight' in finding && (finding.weight === 'fatal' || finding.weight === 'plugin-reads');
        if (heavy || !kept.has(key))
            kept.set(key, finding);
    }
    return [...kept.values()];
}

;// CONCATENATED MODULE: ./lib/check/run-check.js



















/**
 * Asks what one version of Composer would ask, with what it would send.
 *
 * @param deadline when all requests have to end, those of all ways together
 */
async function runCheck(setup, way, deadline) {
    const { inputs, environment, host, project, redaction } = setup;
    const held = withGiven(way, setup.entries);
    const asked = new Set();
    const withCredentials = allowance(requestsFor(project, inputs.packages));
    const furtherAddresses = allowance(FURTHER_ADDRESSES);
    const context = checkContext({
        furtherAddresses,
        transport: await run_check_transportFor(setup, {
            deadline,
            withCredentials,
            credentialsFor: (origin) => {
                asked.add(origin);
                return sentTo(held.get(origin));
            },
            onRequest: (line) => core_debug(flattened(redaction.server(line))),
        }),
        project,
        repositoryUrl: inputs.repositoryUrl,
        held,
        credentialsFrom: sourceOfCredentials(setup.entries, way, setup.keysFrom, host),
        nodeExtraCaCerts: (environment.env.NODE_EXTRA_CA_CERTS ?? '') !== '',
        deadline,
        version: setup.version,
    });
    // Whether keys are accepted need not be asked without any.
    const pointless = inputs.check === 'access' && !held.has(host);
    const result = pointless ? NOTHING_FOUND : await checkPackages(inputs.composerCommand, inputs.packages, context);
    return {
        ...result,
        ...answerOfMain(context, held),
        mainAsked: asked.has(host),
        holdsMain: way.held.has(host) || (await sendsOptions(host, project, inputs.composerCommand.dev, context)),
        unasked: withCredentials.refused + furtherAddresses.refused,
        noProject: inputs.check === 'full' && project.manifest === undefined ? inputs.workingDirectory : undefined,
        editions: shownEditions(seenAt(context.main), redaction),
        unchecked: [...new Set([host, ...namedOrigins(project)])].filter((origin) => held.get(origin)?.kind === 'other'),
    };
}
/** What the main repository answered for its packages.json, if it was asked. */
function answerOfMain({ main }, held) {
    const { answered } = main;
    const accepts = answered?.status !== undefined && answered.finding === undefined;
    return {
        httpStatus: answered?.status,
        asked: answered !== undefined,
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
    return repositories.flatMap(({ entry, named }) => entry.type === 'composer' && named !== 'default' ? [repositoryOrigin(entry)] : []);
}
/** Opens the way to the servers by Composer's settings. */
async function run_check_transportFor({ inputs, environment, settings, version }, own) {
    const { env } = environment;
    // Composer 2.8 changed which proxy an https request takes; whoever asks must take the same.
    const fallsBack = proxyDependsOnVersion(new URL(inputs.repositoryUrl), env) &&
        holdsIn(await version(), 'leavesHttpProxyForHttp') === false;
    return openTransport({
        timeout: inputs.timeout,
        retries: inputs.retries,
        userAgent: `magento-composer-auth/${VERSION} (GitHub Actions)`,
        trust: trustedCertificates(trustConfig(environment, settings), env),
        nodeTrustsAll: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
        proxyFor: (target) => proxyFor(target, env, fallsBack),
        essential: packagesJsonUrl(inputs.repositoryUrl),
        ...own,
    });
}

;// CONCATENATED MODULE: ./lib/check/check.js












/**
 * Sets up everything that asking needs: the project, its settings, credentials, trust and proxies, by the rules of the
 * installed Composer, whose version is looked up at most once and only where versions differ.
 */
function openCheck(inputs, subject) {
    const { environment, entries, keysFrom } = subject;
    const host = originOf(inputs.repositoryUrl);
    const { settings, sources, project, unreadable } = readFiles(inputs, subject);
    const ways = heldByEachVersion(sources, project, entries, host);
    const keys = { username: inputs.publicKey.value, password: inputs.privateKey.value };
    const pairs = inputs.downloads === undefined ? [keys] : [keys, inputs.downloads];
    const secrets = secretsOfRun({ inputs: pairs, entries, sources: settings, project, environment });
    const redaction = redactionOf(secrets.all);
    const version = check_once(() => installedComposerVersion(environment));
    const setup = { inputs, environment, host, settings, project, entries, keysFrom, redaction, version };
    return {
        secrets,
        redaction,
        needsMain: inputs.check !== 'full' || needsHost(host, project, inputs.composerCommand, inputs.packages),
        version,
        run: async () => {
            const results = await runEachWay(setup, ways, sources, subject);
            return results.map((result) => ({ ...result, findings: [...unreadable, ...result.findings] }));
        },
        filesAlone: async () => [
            ...(await invalidAuthFiles(sources, subject.known, async () => undefined)),
            ...overriddenInEveryWay(entries, ways),
        ],
    };
}
function readFiles({ check, composerCommand }, { environment, home, deadline }) {
    const settings = configSources(environment, home);
    if (check !== 'full') {
        // `check: access` is about the keys alone: what a project holds besides them is another matter.
        const sources = settings.filter(({ place }) => place !== 'manifest' || check !== 'access');
        return { settings, sources, project: NO_PROJECT, unreadable: [] };
    }
    const read = readProject(environment, home, settings, composerCommand, deadline);
    return { settings, sources: settings, project: read.project ?? NO_PROJECT, unreadable: read.findings };
}
/** What asking comes to by the installed Composer; where none is, in each way in which versions read credentials. */
async function runEachWay(setup, ways, sources, { unwritten, known, deadline }) {
    const { project, entries, version, inputs } = setup;
    const invalid = await invalidAuthFiles(sources, known, version);
    const installed = ways.length === 1 ? undefined : await version();
    const results = [];
    const timeLimit = deadline.within(1000 * 2 * inputs.timeout * (inputs.retries + 1));
    for (const way of installed === undefined ? ways : [heldBy(installed, sources, project)]) {
        const result = await runCheck(setup, way, timeLimit);
        const unread = unwritten ? [] : unreadCredentials(entries, way);
        const unused = [...overriddenCredentials(entries, way, installed), ...unread];
        results.push({ ...result, findings: [...invalid, ...unused, ...result.findings] });
    }
    return results;
}
/** What is overridden whichever version of Composer comes. */
function overriddenInEveryWay(entries, ways) {
    const [newest = [], ...others] = ways.map((way) => overriddenCredentials(entries, way, undefined));
    const hosts = others.map((findings) => new Set(findings.map(({ host }) => host)));
    return newest.filter(({ host }) => hosts.every((overridden) => overridden.has(host)));
}
/** What counts where no project is looked at, or none can be read: no manifest, no lock. */
const NO_PROJECT = {
    manifest: undefined,
    lock: undefined,
    repositories: [],
    secureHttp: true,
    policy: readPolicy({ env: {} }, []),
    command: { name: 'install', fromLock: false },
    installSource: { prefersSource: () => false, fallback: false },
    runsPlugin: () => false,
    alreadyThere: () => undefined,
    pathPackages: () => undefined,
    pathOf: (path) => path,
};
function check_once(work) {
    let done;
    return () => {
        done ??= work();
        return done;
    };
}

;// CONCATENATED MODULE: ./lib/check/verdict.js




/** Findings with their severities, most severe first; what merely follows from another is left to that one. */
function weigh(findings, circumstances) {
    const rejected = findings.some((finding) => finding.code === 'keys-rejected' && (failsCommand(finding) || stopsAt(finding, circumstances.version)));
    const weighed = findings.map((finding) => ({
        finding,
        severity: severityOf(finding, { ...circumstances, rejected }),
    }));
    const own = blamed(foldedIntoMissing(weighed, circumstances.mainAsked));
    return verdict_inOrder(withoutFollowUps(foldedIntoSection(foldedIntoShape(own))));
}
/**
 * What a host answers to nobody is what missing keys mean, and is said once. Where it lets nobody's requests through, or is
 * not asked for anything since others come before it, Composer needs no keys.
 */
function foldedIntoMissing(problems, asked) {
    const missing = problems.find(({ finding, severity }) => finding.code === 'keys-missing' && severity === 'error');
    if (missing?.finding.code !== 'keys-missing')
        return problems;
    const { host } = missing.finding;
    const others = new Set(problems.filter((problem) => problem !== missing && problem.finding.host === host));
    const works = asked && [...others].every(({ severity }) => severity !== 'error');
    return problems.flatMap((problem) => {
        if (problem === missing)
            return [{ ...problem, severity: works ? 'warning' : 'error' }];
        return others.has(problem) && isByCredentials(problem.finding) ? [] : [problem];
    });
}
/**
 * One verdict from several: where versions of Composer hold different credentials, and which is installed is not known.
 * They agree, and the newest version's speaks; or what fails for one of them alone is a warning.
 */
function agreed(verdicts) {
    const [newest = [], ...others] = verdicts;
    const fails = (problems) => problems.some(verdict_isError);
    if (others.every((other) => fails(other) === fails(newest)))
        return newest;
    const failing = verdicts.find(fails) ?? [];
    const errors = verdicts.map((problems) => new Set(problems.filter(verdict_isError).map(({ finding }) => verdict_textOf(finding))));
    const always = ({ finding }) => errors.every((texts) => texts.has(verdict_textOf(finding)));
    return verdict_inOrder(failing.map((problem) => problem.severity === 'error' && !always(problem) ? { ...problem, severity: 'warning' } : problem));
}
function verdict_isError({ severity }) {
    return severity === 'error';
}
/** A finding with all that it says, to be compared with others, of which there may be thousands. */
function verdict_textOf(finding) {
    return JSON.stringify(finding);
}
function verdict_inOrder(problems) {
    return problems.toSorted(bySeverity);
}
/** A key that is something else explains why it is rejected: one problem, which says both. */
function foldedIntoShape(problems) {
    const rejection = problems.find(({ finding, severity }) => finding.code === 'keys-rejected' && severity === 'error');
    if (rejection?.finding.code !== 'keys-rejected')
        return problems;
    const { host, status, url } = rejection.finding;
    const explains = ({ finding, severity }) => finding.code === 'keys-malformed' && severity === 'error' && finding.host === host;
    if (!problems.some(explains))
        return problems;
    return problems.flatMap((problem) => {
        const { finding } = problem;
        if (problem === rejection)
            return [];
        if (!explains(problem) || finding.code !== 'keys-malformed')
            return [problem];
        return [{ ...problem, finding: { ...finding, status, rejectedAt: url } }];
    });
}
/** Where the installed Composer does not know the section of a host's credentials, that is why it holds none. */
function foldedIntoSection(problems) {
    const ofReason = (reason) => new Map(problems.flatMap((problem) => {
        const { finding } = problem;
        return finding.code === 'credentials-missing' && finding.reason === reason ? [[finding.host, problem]] : [];
    }));
    const [unheld, unknown] = [ofReason('none-held'), ofReason('unknown-section')];
    return problems.flatMap((problem) => {
        const { finding } = problem;
        const host = finding.host ?? '';
        if (problem === unheld.get(host) && unknown.has(host))
            return [];
        if (problem !== unknown.get(host))
            return [problem];
        const { status, place } = unheld.get(host)?.finding ?? finding;
        return [
            { finding: { ...finding, status, place }, severity: unheld.get(host)?.severity ?? problem.severity },
        ];
    });
}
/** What may come from a repository that Composer refuses to open over http is not worth a warning of its own. */
function withoutFollowUps(problems) {
    const closed = problems.some(({ finding, severity }) => finding.code === 'insecure-url' && severity === 'error');
    if (!closed)
        return problems;
    return problems.filter(({ finding, severity }) => finding.code !== 'package-denied' || severity === 'error');
}
/**
 * Where Composer uses other credentials than the given ones, what those fail with is said once, with the place that they
 * come from: it is the one thing to mend.
 */
function blamed(problems) {
    const hosts = new Set(problems.flatMap(({ finding }) => (finding.code === 'credentials-overridden' ? [finding.host] : [])));
    const failures = problems.filter(({ finding, severity }) => severity === 'error' && finding.host !== undefined && hosts.has(finding.host) && isByCredentials(finding));
    const folded = new Set(failures);
    const byHost = grouped(failures, ({ finding }) => finding.host);
    return problems.flatMap((problem) => {
        const { finding } = problem;
        if (folded.has(problem))
            return [];
        if (finding.code !== 'credentials-overridden')
            return [problem];
        const own = byHost.get(finding.host) ?? [];
        const fails = verdict_failureOf(own.map((failure) => failure.finding));
        return fails === undefined ? [problem] : [{ finding: { ...finding, fails }, severity: 'error' }];
    });
}
function verdict_failureOf(findings) {
    const [first] = findings;
    if (first === undefined)
        return undefined;
    return {
        notReceived: first.code === 'keys-not-received',
        status: first.status,
        url: 'url' in first ? first.url : undefined,
        packages: [...new Set(findings.flatMap(({ packages }) => packages))],
    };
}
const verdict_UNKNOWN = { version: undefined, composerManages: false, rejected: false };
/** Whether the verdict on these findings depends on the version of the installed Composer. */
function dependsOnVersion(findings) {
    return findings.some((finding) => {
        const stopsSome = isAmong(finding.stopsOnly ?? NO_VERSION, undefined) === undefined;
        return (stopsSome && severityOf(finding, verdict_UNKNOWN) !== 'error') || ('retryAfter' in finding && isWaitedFor(finding));
    });
}

;// CONCATENATED MODULE: ./lib/composer/home.js


/**
 * The folder in which Composer looks for its global `auth.json` and `config.json`, as an absolute path.
 *
 * Where more than one is possible Composer takes the first that exists. Where none exists this returns `~/.composer`,
 * although Composer's own default is the XDG one: once we have created it, it is the first that exists, and it is the
 * one that setup-php writes to, whose file a new `~/.config/composer` would hide.
 *
 * Source of the rule: `Factory::getHomeDir`, `useXdg` and `getUserDir`; `Config::get('home')` for the expansion.
 */
function composerHome(environment) {
    const { env, platform } = environment;
    const path = platform === 'win32' ? external_node_path_.win32 : external_node_path_.posix;
    const explicit = truthy(env.COMPOSER_HOME);
    if (explicit !== undefined)
        return home_found(path.resolve(environment.cwd, expandPath(explicit, environment)));
    if (platform === 'win32') {
        const appData = truthy(env.APPDATA);
        if (appData === undefined) {
            return unknown('The APPDATA or COMPOSER_HOME environment variable must be set for composer to run correctly');
        }
        return home_found(external_node_path_.win32.join(appData, 'Composer'));
    }
    const home = truthy(env.HOME);
    if (home === undefined) {
        return unknown('The HOME or COMPOSER_HOME environment variable must be set for composer to run correctly');
    }
    const userDirectory = home.replaceAll('\\', '/').replace(/\/+$/, '');
    const legacy = `${userDirectory}/.composer`;
    const candidates = usesXdg(environment)
        ? [`${truthy(env.XDG_CONFIG_HOME) ?? `${userDirectory}/.config`}/composer`, legacy]
        : [legacy];
    // Relative ones start where Composer will run, which need not be where this process does.
    const absolute = candidates.map((candidate) => external_node_path_.posix.resolve(environment.cwd, candidate));
    const existing = absolute.find((candidate) => environment.isDirectory(candidate));
    return home_found(existing ?? external_node_path_.posix.resolve(environment.cwd, legacy));
}
function usesXdg({ env, isDirectory }) {
    return Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg');
}
function home_found(path) {
    return { kind: 'found', path };
}
function unknown(composerSays) {
    return { kind: 'unknown', composerSays };
}

;// CONCATENATED MODULE: ./lib/runner/environment-file.js



/**
 * Whether the runner takes variables from a file. Where it does not, the toolkit would print the value as a command for
 * the runner instead.
 */
function canExport({ GITHUB_ENV }) {
    return GITHUB_ENV !== undefined && GITHUB_ENV !== '' && (0,external_node_fs_.existsSync)(GITHUB_ENV);
}
/**
 * Sets `COMPOSER_AUTH` for every later step of the job.
 *
 * The runner prints it at the head of each of them. What others had put there was masked, if at all, in the form in which
 * their secret was saved, and no longer is now that it is written anew: so its secrets are masked, and the text itself,
 * which also holds what is too short for a mask of its own.
 *
 * @param text on one line
 */
function exportComposerAuth(text) {
    maskComposerAuth(text);
    maskAll([text]);
    exportVariable('COMPOSER_AUTH', text);
}

;// CONCATENATED MODULE: ./lib/runner/say.js


/**
 * Writes one line into the log. Hosts and paths in it may be a pull request's: composer.json names repositories, and can
 * be a link into a folder whose name goes on over lines.
 */
function say(line) {
    info(flattened(line));
}

;// CONCATENATED MODULE: ./lib/composer/auth-json-changes.js



/** Each edit reads the text anew; a section in which more changes than this is written out as a whole instead. */
const MOST_EDITS = 20;
/** The file with several entries set or taken out, as by `withValue`. */
function auth_json_changes_withValues(file, changes) {
    const bySection = grouped(changes, ({ path: [section] }) => section);
    return [...bySection].reduce((edited, [section, inSection]) => inSection.length > MOST_EDITS && inSection.every(({ path }) => path.length === 2)
        ? withValue(edited, [section], changedSection(edited, section, inSection))
        : inSection.reduce((each, { path, value }) => withValue(each, path, value), edited), file);
}
function changedSection(file, section, changes) {
    const found = auth_json_valueAt(file, [section]);
    const members = new Map(Object.entries(json_isJsonObject(found) ? found : {}));
    for (const { path, value } of changes) {
        const [, origin = ''] = path;
        if (value === undefined)
            members.delete(origin);
        else
            members.set(origin, value);
    }
    return Object.fromEntries(members);
}

;// CONCATENATED MODULE: ./lib/credentials/lease.js





/** What stood in the place of an entry before this use wrote it. */
const lease_STOOD = (/* unused pure expression or super */ null && (['nothing', 'the same', 'another']));
/**
 * The system hands state to the post step in one variable, and starts no program with one of 128 KiB or more. With so
 * many fingerprints a state has some 40 KiB; what they do not cover the sidecar does.
 */
const lease_MOST_FINGERPRINTS = 500;
const LONGEST_WORDS = 300;
/** A lease for credentials that are about to be written. */
function leaseFor(id, entries) {
    const salt = (0,external_node_crypto_namespaceObject.randomBytes)(16).toString('hex');
    const words = hostsOf(entries.map(({ path }) => path));
    const hosts = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
    return { id, salt, fingerprints: fingerprintsOf(salt, entries), count: entries.length, hosts };
}
/** What stands in the places of entries, to be taken down before they are written. */
function standing(file, entries) {
    return entries.slice(0, lease_MOST_FINGERPRINTS).map(({ path, value }) => {
        const found = auth_json_valueAt(file, path);
        if (found === undefined)
            return 'nothing';
        return (0,external_node_util_namespaceObject.isDeepStrictEqual)(found, value) ? 'the same' : 'another';
    });
}
/** Which of a lease's entries this is, by its place among the fingerprints; undefined for none of them. */
function lease_leasedIndex({ salt, fingerprints }, entry) {
    const index = fingerprints.indexOf(fingerprint(salt, entry));
    return index === -1 ? undefined : index;
}
/** Whether these entries are the lease's: nobody can have made them up who does not know what was written. */
function isLeased({ salt, fingerprints, count }, entries) {
    return entries.length === count && isDeepStrictEqual(fingerprintsOf(salt, entries), fingerprints);
}
/** A text as it may stand in a step's state: nobody can try keys out on it without the salt. */
function lease_saltedHash(salt, text) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(`${salt}\0${text}`).digest('hex');
}
function fingerprintsOf(salt, entries) {
    return entries.slice(0, lease_MOST_FINGERPRINTS).map((entry) => fingerprint(salt, entry));
}
/** 64 bits: enough to tell entries of one file apart. */
function fingerprint(salt, { path, value }) {
    return lease_saltedHash(salt, canonical([...path, value])).slice(0, 16);
}
/** The same text for the same value, whatever the order of its keys: another program may have written it anew. */
function canonical(value) {
    return JSON.stringify(value, (_, item) => json_isJsonObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item);
}

;// CONCATENATED MODULE: ./lib/credentials/unwritable-file.js


/** Thrown by the functions that touch files; `writeCredentials` and `takeAwayCredentials` turn it into a result. */
class unwritable_file_UnwritableFile extends Error {
    name = 'UnwritableFile';
    path;
    reason;
    code;
    constructor(path, reason, code) {
        // No message of the system: it may quote what it was given.
        super(`${reason}${code === undefined ? '' : ` (${code})`}`);
        this.path = path;
        this.reason = reason;
        this.code = code;
    }
}
/**
 * Runs an operation on a file, and names the file where the system refuses.
 *
 * @throws UnwritableFile
 */
function guarded(path, operation) {
    try {
        return operation();
    }
    catch (error) {
        if (error instanceof unwritable_file_UnwritableFile)
            throw error;
        const code = codeOf(error);
        const reason = reasonOf(code);
        throw new unwritable_file_UnwritableFile(reason === 'not-a-folder' ? inPlaceOfFolder(path) : path, reason, code);
    }
}
/** The system's name of an error (`EACCES`), or undefined. */
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
/** What the system found above a path where a folder must be: the nearest thing that is there. */
function inPlaceOfFolder(path) {
    const above = (0,external_node_path_.dirname)(path);
    return above === path || (0,external_node_fs_.statSync)(above, { throwIfNoEntry: false }) !== undefined ? above : inPlaceOfFolder(above);
}
/** What the system's name of an error means for a file. */
function reasonOf(code) {
    switch (code) {
        case 'EACCES':
        case 'EPERM':
            return 'permission';
        case 'EROFS':
            return 'read-only';
        case 'ENOSPC':
        case 'EDQUOT':
        case 'EFBIG':
            return 'no-space';
        case 'EBUSY':
        case 'EXDEV':
        case 'ETXTBSY':
            return 'in-use';
        case 'ELOOP':
            return 'link';
        case 'EISDIR':
            return 'directory';
        case 'ENOTDIR':
            return 'not-a-folder';
        default:
            return 'other';
    }
}

;// CONCATENATED MODULE: ./lib/credentials/patience.js


/** Together a second, which is what a virus scanner or an editor that saves needs. */
const FURTHER_TRIES = 20;
/** Milliseconds. */
const PAUSE = 50;
/**
 * Tries an operation again for a second at most where it fails as it does on Windows while another program has the file
 * open. On every other platform such a file can be read, replaced and removed, so the first failure is the last.
 *
 * @throws UnwritableFile the one of the last try
 */
async function patiently(operation) {
    for (let left = process.platform === 'win32' ? FURTHER_TRIES : 0;; left--) {
        try {
            return operation();
        }
        catch (error) {
            if (left === 0 || !mayBeHeldOpen(error))
                throw error;
        }
        await (0,promises_namespaceObject.setTimeout)(PAUSE);
    }
}
/** Windows says EBUSY, EPERM or EACCES, whichever program and call it is. */
function mayBeHeldOpen(error) {
    return error instanceof unwritable_file_UnwritableFile && (error.reason === 'in-use' || error.reason === 'permission');
}

;// CONCATENATED MODULE: ./lib/credentials/regular-file.js




/** Credential files are a few kilobytes; what is larger is not one, and is not held in memory. Bytes. */
const LARGEST_FILE = 8 * 1024 * 1024;
/**
 * The most that an auth.json may have for credentials to be written there: with them Composer's files are still read here,
 * and the sidecar, which holds it anew, is one that can be read back. Bytes.
 */
const LARGEST_AUTH_FILE_TO_WRITE = 256 * 1024;
/** Read and write for the owner, nothing for anybody else: as Composer creates its auth.json. */
const PRIVATE = 0o600;
/**
 * Reads a file that must be a regular one; undefined when there is none. The last component is never followed when it
 * is a link: whoever may create a link in that folder could choose what gets overwritten.
 *
 * @throws UnwritableFile
 */
function regular_file_readRegularFile(path, largest = LARGEST_FILE) {
    return patiently(() => {
        const stats = guarded(path, () => external_node_fs_.lstatSync(path, { throwIfNoEntry: false }));
        if (stats === undefined)
            return undefined;
        refuseUnlessRegular(path, stats, largest);
        return guarded(path, () => readOpened(path, largest));
    });
}
function readOpened(path, largest) {
    // The flags, not a look beforehand, are what holds against a swap in between: no link followed, no wait on a fifo.
    const noFollow = (external_node_fs_.constants.O_NOFOLLOW ?? 0) | (external_node_fs_.constants.O_NONBLOCK ?? 0);
    const descriptor = external_node_fs_.openSync(path, external_node_fs_.constants.O_RDONLY | noFollow);
    try {
        const opened = external_node_fs_.fstatSync(descriptor);
        refuseUnlessRegular(path, opened, largest);
        const { mode, uid, gid } = opened;
        return { bytes: external_node_fs_.readFileSync(descriptor), mode: mode & 0o777, uid, gid };
    }
    finally {
        external_node_fs_.closeSync(descriptor);
    }
}
/**
 * Whether anything stands there, links not followed.
 *
 * @throws UnwritableFile when that cannot be told, as in a folder that may not be searched
 */
function regular_file_isThere(path) {
    return guarded(path, () => {
        try {
            return external_node_fs_.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
        }
        catch (error) {
            // Its folder has become a file.
            if (codeOf(error) === 'ENOTDIR')
                return false;
            throw error;
        }
    });
}
/**
 * Replaces a file as a whole: readers see the old or the new one, never a part, and a full disk leaves the old one.
 *
 * @throws UnwritableFile
 */
async function replaceFile(path, replacement) {
    const temporary = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), replacement.temporaryName);
    await regular_file_removeFile(temporary);
    try {
        guarded(path, () => writeNew(temporary, replacement));
        await patiently(() => guarded(path, () => renameOver(temporary, path)));
    }
    catch (error) {
        try {
            await regular_file_removeFile(temporary);
        }
        catch {
            // Why writing failed says more than why tidying up did.
        }
        throw error;
    }
}
function writeNew(path, { bytes, mode, owner }) {
    const flags = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL | (external_node_fs_.constants.O_NOFOLLOW ?? 0);
    const descriptor = external_node_fs_.openSync(path, flags, PRIVATE);
    try {
        // Not left to the creation mode alone: a umask or a default ACL may change that.
        external_node_fs_.fchmodSync(descriptor, PRIVATE);
        keepOwner(descriptor, owner);
        external_node_fs_.writeFileSync(descriptor, bytes);
        if (mode !== PRIVATE)
            external_node_fs_.fchmodSync(descriptor, mode);
        external_node_fs_.fsyncSync(descriptor);
    }
    finally {
        external_node_fs_.closeSync(descriptor);
    }
}
/**
 * Removes a file, if it is there, and looks whether it is gone.
 *
 * Not by `rmSync`, which in Node 24.0 to 24.12 does nothing on Windows where a path holds other characters than ASCII's.
 *
 * @throws UnwritableFile
 */
function regular_file_removeFile(path) {
    return patiently(() => {
        guarded(path, () => {
            try {
                external_node_fs_.unlinkSync(path);
            }
            catch (error) {
                if (codeOf(error) !== 'ENOENT')
                    throw error;
            }
        });
        // Windows keeps a removed file's name as long as another program has it open.
        if (regular_file_isThere(path))
            throw new unwritable_file_UnwritableFile(path, 'in-use');
    });
}
function renameOver(from, to) {
    try {
        external_node_fs_.renameSync(from, to);
    }
    catch (error) {
        const mode = process.platform === 'win32' ? modeOfReadOnly(to) : undefined;
        if (mode === undefined)
            throw error;
        // Windows replaces no file that is marked as read-only.
        external_node_fs_.chmodSync(to, mode | 0o200);
        try {
            external_node_fs_.renameSync(from, to);
        }
        catch (again) {
            external_node_fs_.chmodSync(to, mode);
            throw again;
        }
    }
}
function modeOfReadOnly(path) {
    const stats = external_node_fs_.lstatSync(path, { throwIfNoEntry: false });
    return stats?.isFile() && (stats.mode & 0o200) === 0 ? stats.mode & 0o777 : undefined;
}
function keepOwner(descriptor, owner) {
    if (owner === undefined)
        return;
    const { uid, gid } = external_node_fs_.fstatSync(descriptor);
    if (uid === owner.uid && gid === owner.gid)
        return;
    try {
        external_node_fs_.fchownSync(descriptor, owner.uid, owner.gid);
    }
    catch {
        // Only root may give a file away. The job's user can still read it, and that is who Composer runs as.
    }
}
function refuseUnlessRegular(path, stats, largest) {
    if (stats.isSymbolicLink())
        throw new unwritable_file_UnwritableFile(path, 'link');
    if (stats.isDirectory())
        throw new unwritable_file_UnwritableFile(path, 'directory');
    if (!stats.isFile())
        throw new unwritable_file_UnwritableFile(path, 'not-a-file');
    if (stats.size > largest)
        throw new unwritable_file_UnwritableFile(path, 'too-large');
}
/** The name of the temporary file that an owner writes beside `path`. */
function regular_file_temporaryNameFor(path, ownerId) {
    return `${(0,external_node_path_.basename)(path)}.${ownerId}.tmp`;
}
/** Whether a name is one that `temporaryNameFor` made for this path, whoever the owner. */
function isTemporaryOf(path, name) {
    const start = `${(0,external_node_path_.basename)(path)}.`;
    return name.startsWith(start) && /^[0-9a-f-]{36}\.tmp$/.test(name.slice(start.length));
}

;// CONCATENATED MODULE: ./lib/credentials/environment-auth.js







/**
 * `COMPOSER_AUTH` with some entries set, on one line: what it held for others stays.
 *
 * @param found what the variable holds now
 * @param folder where what it held is kept until the job ends
 */
function mergedEnvironment(found, entries, { id, salt }, folder) {
    const read = readVariable(found);
    if (read.kind === 'invalid')
        return { kind: 'invalid', invalid: read };
    const text = JSON.stringify(auth_json_changes_withValues(read, entries).data);
    const hashes = { found: lease_saltedHash(salt, found ?? ''), exported: lease_saltedHash(salt, text) };
    const variable = { saved: (0,external_node_path_.join)(folder, environment_auth_savedName(id)), ...hashes, stood: standing(read, entries) };
    return { kind: 'merged', text, variable };
}
/** The name of the file in which a use keeps what the variable held. */
function environment_auth_savedName(id) {
    return `magento-composer-auth-${id}.env`;
}
/**
 * Keeps what the variable held for whoever restores it. To be called before the variable is exported, and after the
 * lease is in the step's state: what is kept holds credentials, and nobody else would find it.
 *
 * @throws UnwritableFile
 */
async function saveEnvironment({ saved }, found) {
    if (truthy(found) === undefined)
        return;
    await replaceFile(saved, {
        bytes: found ?? '',
        mode: PRIVATE,
        owner: undefined,
        temporaryName: regular_file_temporaryNameFor(saved, TEMPORARY),
    });
}
/**
 * Removes what was kept. Main may have been killed while it wrote that.
 *
 * @throws UnwritableFile
 */
async function forgetEnvironment({ saved }) {
    await regular_file_removeFile(saved);
    await regular_file_removeFile((0,external_node_path_.join)((0,external_node_path_.dirname)(saved), regular_file_temporaryNameFor(saved, TEMPORARY)));
}
const TEMPORARY = 'new';
/**
 * Takes our entries out of `COMPOSER_AUTH`. A variable cannot be unset, only emptied, which Composer takes for the same.
 *
 * @param current what the variable holds now
 */
async function restoredEnvironment(current, lease, variable) {
    const now = current ?? '';
    const hash = saltedHash(lease.salt, now);
    // Main was killed before it exported anything; or the step's own `env:` hides from its post step what it exported.
    if (hash === variable.found)
        return { kind: 'restored', text: now };
    const before = await keptText(lease, variable);
    if (hash === variable.exported && before !== undefined)
        return { kind: 'restored', text: before };
    const read = readVariable(now);
    if (read.kind === 'invalid')
        return { kind: 'invalid-now' };
    return withoutOurs(read, before, lease, variable);
}
/** What the variable held before; undefined where the file that kept it is gone, or is not what we wrote. */
async function keptText({ salt }, { saved, found }) {
    if (saltedHash(salt, '') === found)
        return '';
    try {
        // Of a text that counts as empty nothing is kept, and `0` is the other one.
        const text = (await readRegularFile(saved))?.bytes.toString() ?? '0';
        return saltedHash(salt, text) === found ? text : undefined;
    }
    catch (error) {
        if (error instanceof UnwritableFile)
            return undefined;
        throw error;
    }
}
function withoutOurs(read, before, lease, { stood }) {
    const old = before === undefined ? undefined : readVariable(before);
    const ours = entriesOf(read).flatMap((entry) => {
        const index = leasedIndex(lease, entry);
        // What stood there already is the user's.
        return index === undefined || stood[index] === 'the same' ? [] : [{ path: entry.path, stood: stood[index] }];
    });
    if (ours.length === 0)
        return { kind: 'nothing-there' };
    const valueBefore = (path) => (old?.kind === 'auth-json' ? valueAt(old, path) : undefined);
    const edited = withValues(read, ours.map(({ path }) => ({ path, value: valueBefore(path) })));
    const kept = before !== undefined;
    const lost = !kept && ours.some((entry) => entry.stood === 'another');
    return { kind: 'entries-removed', text: JSON.stringify(edited.data), kept, lost };
}
function readVariable(text) {
    const set = truthy(text);
    return set === undefined ? EMPTY_AUTH_JSON : readAuthJson(Buffer.from(set));
}

;// CONCATENATED MODULE: ./lib/credentials/places.js




const places_NAME = 'magento-composer-auth';
/**
 * The path of the sidecar that goes with an auth.json: beside it, where every job finds it that shares the file. Nothing
 * of ours may lie about in a work tree, though, where a step could commit it: there it lies in a folder outside, under a
 * name made from the file's real path, so that every use of this action finds the same one.
 *
 * @param path where the auth.json is to be; need not exist
 */
function sidecarOf(path, surroundings) {
    const real = realPath(path);
    if (!isInWorkTree((0,external_node_path_.dirname)(real), surroundings))
        return `${real}.${places_NAME}`;
    return (0,external_node_path_.join)(places_isInside(real, realFolder(surroundings.workspace)) ? privateFolder(surroundings) : sharedFolder(surroundings), nameFor(real));
}
/** Whether a path is one that `sidecarOf` may have made. A step's state can be somebody else's text. */
function places_isSidecarPath(path) {
    const name = basename(path);
    return isAbsolute(path) && (name === `auth.json.${places_NAME}` || new RegExp(`^${places_NAME}-[0-9a-f]{32}$`).test(name));
}
/**
 * A folder outside of every work tree for what this job alone must find again: the runner's temporary one, which the
 * runner empties before and after each job; elsewhere the one that all jobs of this user share.
 */
function privateFolder(surroundings) {
    const { temporary } = surroundings;
    const isFit = temporary !== undefined && !isInWorkTree(realFolder(temporary), surroundings);
    return isFit ? temporary : sharedFolder(surroundings);
}
/**
 * The folder for work trees that several jobs of one user share, whose runners have a temporary folder each: a home that
 * is under git, say. Its name holds the user's number, since on most systems all users share the system's temporary folder.
 * `TMPDIR` may name one in a work tree.
 */
function sharedFolder(surroundings) {
    const user = process.geteuid?.();
    const named = realFolder((0,external_node_os_namespaceObject.tmpdir)());
    const others = [SYSTEM_TEMPORARY, surroundings.temporary].filter((folder) => folder !== undefined).map(realFolder);
    const outside = [named, ...others].find((folder) => !isInWorkTree(folder, surroundings));
    return (0,external_node_path_.join)(outside ?? named, user === undefined ? places_NAME : `${places_NAME}-${user}`);
}
/** Where no variable names another; on Windows variables alone do. */
const SYSTEM_TEMPORARY = process.platform === 'win32' ? undefined : '/tmp';
/** Whether a folder is one that jobs share, and must be closed to other users. */
function isSharedFolder(folder) {
    return new RegExp(`^${places_NAME}(-\\d+)?$`).test((0,external_node_path_.basename)(folder));
}
/**
 * Whether links in the checkout lead out of it on the way to an auth.json. They come with a commit, and a commit does not
 * say into which folder of the machine keys are written.
 *
 * @param named the path as settings or Composer's rules give it, links not followed
 * @param path where the auth.json is to be
 */
function leadsOut(named, path, { workspace, project }) {
    const checkout = places_isInside(named, workspace) ? workspace : workTreeOf(project);
    return checkout !== undefined && places_isInside(named, checkout) && !places_isInside(realPath(path), realFolder(checkout));
}
/** The path with all links of its folders followed, as far as they exist; the last component is never followed. */
function realPath(path) {
    return (0,external_node_path_.join)(realFolder((0,external_node_path_.dirname)(path)), (0,external_node_path_.basename)(path));
}
/** Whether git, or an upload of the checkout, would find a file there. By the file system alone: git is not started. */
function isInWorkTree(folder, { workspace, project, home }) {
    const holds = (checkout) => places_isInside(folder, realFolder(checkout));
    // A project in the home folder itself does not make everything in there part of it.
    const isHome = home !== undefined && places_isInside(realFolder(home), realFolder(project));
    return holds(workspace) || (holds(project) && !isHome) || workTreeOf(folder) !== undefined;
}
/** The nearest folder at or above one that holds a `.git`: a folder, or a file as in submodules and linked work trees. */
function workTreeOf(folder) {
    if (holdsRepository(folder))
        return folder;
    const parent = (0,external_node_path_.dirname)(folder);
    return parent === folder ? undefined : workTreeOf(parent);
}
function holdsRepository(folder) {
    try {
        (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(folder, '.git'));
        return true;
    }
    catch {
        // Not there; or nothing in that folder can be seen, by git neither.
        return false;
    }
}
function places_isInside(path, folder) {
    const way = (0,external_node_path_.relative)(folder, path);
    return !(0,external_node_path_.isAbsolute)(way) && way.split(external_node_path_.sep)[0] !== '..';
}
function nameFor(realPathOfFile) {
    return `${places_NAME}-${(0,external_node_crypto_namespaceObject.createHash)('sha256').update(realPathOfFile).digest('hex').slice(0, 32)}`;
}
function realFolder(folder) {
    try {
        return (0,external_node_fs_.realpathSync)(folder);
    }
    catch {
        const parent = (0,external_node_path_.dirname)(folder);
        return parent === folder ? folder : (0,external_node_path_.join)(realFolder(parent), (0,external_node_path_.basename)(folder));
    }
}

;// CONCATENATED MODULE: ./lib/runner/state.js







/**
 * One name for all of it: the runner's own state beats a variable of the same name that another step set, so nothing of
 * this step's can be mixed with anything of that one's.
 */
const state_NAME = 'credentials';
/** Of files one use writes to `global`, `project` and `magento` at most. */
const state_MOST_FILES = 3;
/**
 * What main tells the post step: saved before anything is written, so that the post step can clean up whatever happens
 * to main after this, and again whenever more is known. What is saved last counts.
 */
class CredentialState {
    temporary;
    #state;
    /** @param temporary false where the credentials stay: then the post step is told nothing */
    constructor(temporary, state) {
        this.temporary = temporary;
        this.#state = state;
        this.#save();
    }
    /** The hosts that the credentials are for, in words. */
    get hosts() {
        return this.#state.lease.hosts;
    }
    /** This file was written; `stood`: what the entries replaced. */
    written({ path }, stood) {
        this.#files((file) => (file.path === path ? [{ ...file, stood }] : [file]));
    }
    /** Nothing of this use is in this file, nor beside it. */
    without({ path }) {
        this.#files((file) => (file.path === path ? [] : [file]));
    }
    /** Nothing of this use is in `COMPOSER_AUTH`, and nothing kept of it. */
    withoutVariable() {
        this.#state = { ...this.#state, variable: undefined };
        this.#save();
    }
    #files(change) {
        this.#state = { ...this.#state, files: this.#state.files.flatMap(change) };
        this.#save();
    }
    #save() {
        if (this.temporary)
            writeRunnerFile('GITHUB_STATE', () => saveState(state_NAME, this.#state));
    }
}
/**
 * What main saved; undefined where it wrote nothing that is to be taken away. Where it saved nothing the text can be
 * anybody's: it names no files but such as this action writes.
 */
function savedCredentialState() {
    const parsed = parseJson(Buffer.from(getState(state_NAME)));
    if (parsed.kind !== 'json' || !isJsonObject(parsed.value))
        return undefined;
    const { files, variable } = parsed.value;
    const lease = readLease(parsed.value.lease);
    if (lease === undefined || !Array.isArray(files))
        return undefined;
    const read = files.slice(0, state_MOST_FILES).map(readFile);
    return { lease, files: read.filter((file) => file !== undefined), variable: state_readVariable(variable, lease) };
}
function readLease(value) {
    if (!isJsonObject(value))
        return undefined;
    const { id, salt, fingerprints, count, hosts } = value;
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id))
        return undefined;
    if (typeof salt !== 'string' || typeof count !== 'number' || typeof hosts !== 'string')
        return undefined;
    if (!Array.isArray(fingerprints) || fingerprints.length > MOST_FINGERPRINTS || !fingerprints.every(isString)) {
        return undefined;
    }
    return { id, salt, fingerprints, count, hosts };
}
function readFile(value) {
    if (!isJsonObject(value))
        return undefined;
    const { path, sidecar, stood } = value;
    if (typeof path !== 'string' || !isAbsolute(path) || basename(path) !== 'auth.json')
        return undefined;
    if (typeof sidecar !== 'string' || !isSidecarPath(sidecar))
        return undefined;
    return { path, sidecar, stood: readStood(stood) };
}
function state_readVariable(value, { id }) {
    if (!isJsonObject(value))
        return undefined;
    const { saved, found, exported } = value;
    const stood = readStood(value.stood);
    if (typeof saved !== 'string' || !isAbsolute(saved) || basename(saved) !== savedName(id))
        return undefined;
    if (typeof found !== 'string' || typeof exported !== 'string' || stood === undefined)
        return undefined;
    return { saved, found, exported, stood };
}
function readStood(value) {
    return Array.isArray(value) && value.every(isStood) ? value : undefined;
}
function isStood(value) {
    return STOOD.some((word) => word === value);
}
function isString(value) {
    return typeof value === 'string';
}

;// CONCATENATED MODULE: ./lib/credentials/folder.js





/**
 * Creates a folder and its missing parents; returns those it created, outermost first.
 *
 * @throws UnwritableFile
 */
function createFolder(path) {
    if (guarded(path, () => external_node_fs_.statSync(path, { throwIfNoEntry: false }))?.isDirectory())
        return [];
    const parent = (0,external_node_path_.dirname)(path);
    const created = parent === path ? [] : createFolder(parent);
    return guarded(path, () => {
        try {
            external_node_fs_.mkdirSync(path);
            return [...created, path];
        }
        catch (error) {
            // Another job was faster: then the folder is its, not ours.
            if (codeOf(error) === 'EEXIST' && external_node_fs_.statSync(path, { throwIfNoEntry: false })?.isDirectory())
                return created;
            // The caller gets no list that it could remove them by.
            removeEmptyFolders(created);
            throw codeOf(error) === 'EEXIST' ? new unwritable_file_UnwritableFile(path, 'not-a-folder') : error;
        }
    });
}
/**
 * Creates a folder in a place where other users may create things too. One that they could have planted, or can look
 * into, is refused.
 *
 * @throws UnwritableFile
 */
function createPrivateFolder(path) {
    guarded(path, () => {
        try {
            external_node_fs_.mkdirSync(path, 0o700);
        }
        catch (error) {
            if (codeOf(error) !== 'EEXIST')
                throw error;
        }
        // A link is no folder here.
        const stats = external_node_fs_.lstatSync(path);
        const open = process.platform !== 'win32' && (stats.mode & 0o077) !== 0;
        const theirs = stats.uid !== (process.geteuid?.() ?? stats.uid);
        if (!stats.isDirectory() || open || theirs)
            throw new unwritable_file_UnwritableFile(path, 'not-ours');
    });
}
/** Removes folders, innermost first, as far as they are empty. */
function removeEmptyFolders(created) {
    for (const folder of created.toReversed()) {
        try {
            external_node_fs_.rmdirSync(folder);
        }
        catch {
            return;
        }
    }
}
/**
 * Removes a folder with the files in it, if it is there.
 *
 * @throws UnwritableFile
 */
async function removeFolder(path) {
    const stats = guarded(path, () => external_node_fs_.lstatSync(path, { throwIfNoEntry: false }));
    if (stats === undefined)
        return;
    if (!stats.isDirectory())
        return regular_file_removeFile(path);
    for (const name of guarded(path, () => external_node_fs_.readdirSync(path)))
        await regular_file_removeFile((0,external_node_path_.join)(path, name));
    await patiently(() => guarded(path, () => external_node_fs_.rmdirSync(path)));
}
/**
 * The names in a folder; none where there is no folder.
 *
 * @throws UnwritableFile
 */
function folder_namesIn(folder) {
    return guarded(folder, () => {
        try {
            return external_node_fs_.readdirSync(folder);
        }
        catch (error) {
            // A folder that may be searched but not listed can be written to all the same.
            if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES')
                return [];
            throw error;
        }
    });
}

;// CONCATENATED MODULE: ./lib/credentials/sidecar.js




/** A job lasts at most five days on a self-hosted runner: an owner older than that will not come back. Milliseconds. */
const LONGEST_JOB = 5 * 24 * 60 * 60 * 1000;
/** SHA-256 of a file's contents, in hex. */
function contentHash(contents) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(contents).digest('hex');
}
/** The ids of owners that will not come back: their job cannot be running any more, or their post step was killed. */
function deadOwners(sidecar, now) {
    // Dated ahead by as much is no living owner either: a clock was wrong, then or now.
    const isOver = (since) => Math.abs(now - since) > LONGEST_JOB;
    return sidecar.owners.filter(({ since, leaving }) => leaving || isOver(since)).map(({ id }) => id);
}
/** Whether what stands at a path of auth.json is what an owner wrote there. */
function isOwnersEntry(sidecar, path, value) {
    return sidecar.owners.some(({ entries }) => {
        const entry = at(entries, path);
        return entry !== undefined && (0,external_node_util_namespaceObject.isDeepStrictEqual)(entry.value, value);
    });
}
/** Every path that an owner writes to, each once. */
function ownedPaths(sidecar) {
    const paths = sidecar.owners.flatMap(({ entries }) => entries.map(({ path }) => path));
    return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}
/** The same sidecar with some owners on their way out. */
function withLeaving(sidecar, ids) {
    return {
        ...sidecar,
        owners: sidecar.owners.map((owner) => (ids.includes(owner.id) ? { ...owner, leaving: true } : owner)),
    };
}
/** The same sidecar without some owners. */
function withoutOwners(sidecar, ids) {
    return { ...sidecar, owners: sidecar.owners.filter(({ id }) => !ids.includes(id)) };
}
/**
 * What is to stand at a path with these owners: the youngest owner's entry, else what was found before any of them;
 * undefined for nothing.
 */
function entitledValue(sidecar, path) {
    // In the order in which they came, which is the lock's; clocks of containers may differ.
    const youngest = sidecar.owners.findLast(({ entries }) => at(entries, path) !== undefined);
    return youngest === undefined ? at(sidecar.found, path)?.value : at(youngest.entries, path)?.value;
}
/** What was found, with what is to be remembered of some paths from now on. */
function withFound(found, changed) {
    return [...found.filter(({ path }) => at(changed, path) === undefined), ...changed];
}
function at(items, path) {
    let index = indexes.get(items);
    if (index === undefined) {
        // Of two items with one path the first counts.
        index = new Map(items.toReversed().map((item) => [keyOf(item), item]));
        indexes.set(items, index);
    }
    return index.get(keyOf({ path }));
}
/** The items of each list by their paths: a document with thousands of credentials has them looked up one by one. */
const indexes = new WeakMap();
function keyOf({ path }) {
    return JSON.stringify(path);
}
/** The sidecar's text. */
function writeSidecar(sidecar) {
    return `${JSON.stringify(sidecar, null, 2)}\n`;
}
/** Reads a sidecar; undefined when it is none, as after another program wrote over it. */
function readSidecar(bytes) {
    const parsed = json_parseJson(bytes);
    if (parsed.kind !== 'json' || !json_isJsonObject(parsed.value))
        return undefined;
    const { format, first, found, known, owners, folders } = parsed.value;
    if (format !== 1 || !Array.isArray(found))
        return undefined;
    if (!isStrings(known) || !isStrings(folders) || !Array.isArray(owners))
        return undefined;
    const firstFound = readFirst(first);
    const readFound = found.map(readFoundEntry);
    const readOwners = owners.map(readOwner);
    if (firstFound === undefined || !areRead(readOwners) || !areRead(readFound))
        return undefined;
    return { format, first: firstFound, found: readFound, known, folders, owners: readOwners };
}
function readFirst(value) {
    if (!json_isJsonObject(value))
        return undefined;
    const { kind, bytes, mode, uid, gid } = value;
    if (kind === 'absent')
        return { kind };
    if (!sidecar_isWithin(mode, 0o777) || !sidecar_isWithin(uid, LARGEST_ID) || !sidecar_isWithin(gid, LARGEST_ID))
        return undefined;
    if (kind === 'changed')
        return { kind, mode, uid, gid };
    return kind === 'bytes' && typeof bytes === 'string' ? { kind, bytes, mode, uid, gid } : undefined;
}
/** User and group ids are numbers of 32 bits. */
const LARGEST_ID = 2 ** 32 - 1;
function sidecar_isWithin(value, largest) {
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest;
}
function readFoundEntry(item) {
    const path = json_isJsonObject(item) ? readAuthPath(item.path) : undefined;
    if (!json_isJsonObject(item) || path === undefined)
        return undefined;
    return item.value === undefined ? { path } : { path, value: item.value };
}
function readOwner(item) {
    if (!json_isJsonObject(item) || !Array.isArray(item.entries))
        return undefined;
    const { id, since, leaving } = item;
    const entries = item.entries.map(readFoundEntry);
    if (typeof id !== 'string' || typeof since !== 'number' || !entries.every(hasValue))
        return undefined;
    return { id, since, leaving: leaving === true, entries };
}
function hasValue(entry) {
    return entry?.value !== undefined;
}
function areRead(items) {
    return items.every((item) => item !== undefined);
}
function isStrings(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

;// CONCATENATED MODULE: ./lib/credentials/auth-file.js









/**
 * The files that belong to an auth.json.
 *
 * @param sidecar the path of the file in which the owners are listed; the lock stands beside it
 */
function authFileAt(path, sidecar) {
    return { path, sidecar, lock: `${sidecar}.lock` };
}
/**
 * Creates the folder in which an auth.json's sidecar and lock stand; returns what must go again, outermost first. The
 * one that all jobs of a user share is not among that: the next may be about to put its own things there.
 *
 * @throws UnwritableFile
 */
function createSidecarFolder({ sidecar }) {
    const folder = (0,external_node_path_.dirname)(sidecar);
    if (!isSharedFolder(folder))
        return createFolder(folder);
    createPrivateFolder(folder);
    return [];
}
/** The sidecar of an auth.json; undefined when there is none or it is not readable as one. @throws UnwritableFile */
async function loadSidecar(file) {
    const found = await regular_file_readRegularFile(file.sidecar);
    const sidecar = found === undefined ? undefined : readSidecar(found.bytes);
    if (sidecar === undefined)
        return undefined;
    // Only what leads to the two files can have been made for them.
    const above = (folder) => [file.path, file.sidecar].some((path) => path.startsWith(folder + external_node_path_.sep));
    return { ...sidecar, folders: sidecar.folders.filter(above) };
}
/**
 * The sidecar of an auth.json for a use that joins its owners, and so does what it says without being listed in it. One
 * that another user may have written is refused, and left as it is: it may be another job's. To be called under the
 * lock, a folder that this process has just made: it shows whose files are that it makes, and whether modes mean
 * anything on this file system.
 *
 * @throws UnwritableFile
 */
async function loadOwnSidecar(file) {
    if (regular_file_isThere(file.sidecar)) {
        const [sidecar, lock] = guarded(file.sidecar, () => [(0,external_node_fs_.lstatSync)(file.sidecar), (0,external_node_fs_.lstatSync)(file.lock)]);
        const open = (lock.mode & 0o777) === 0o700 && (sidecar.mode & 0o077) !== 0;
        if (sidecar.isFile() && (open || sidecar.uid !== lock.uid))
            throw new unwritable_file_UnwritableFile(file.sidecar, 'not-ours');
    }
    return loadSidecar(file);
}
/** Writes the sidecar. @throws UnwritableFile */
async function storeSidecar(file, sidecar, ownerId) {
    await replaceFile(file.sidecar, {
        bytes: writeSidecar(sidecar),
        mode: PRIVATE,
        owner: undefined,
        temporaryName: regular_file_temporaryNameFor(file.sidecar, ownerId),
    });
}
/** Writes auth.json. @throws UnwritableFile */
async function storeAuthFile(file, contents, ownerId) {
    await replaceFile(file.path, { ...contents, temporaryName: regular_file_temporaryNameFor(file.path, ownerId) });
}
/**
 * Removes what owners that were killed in the middle of writing left: files that hold keys. To be called under the lock:
 * then nobody is writing, and every such file is a dead owner's, whose post step may never come.
 *
 * @throws UnwritableFile
 */
async function removeTemporaries(file) {
    for (const path of [file.path, file.sidecar]) {
        const folder = (0,external_node_path_.dirname)(path);
        for (const name of folder_namesIn(folder))
            if (isTemporaryOf(path, name))
                await regular_file_removeFile((0,external_node_path_.join)(folder, name));
    }
}
/** Whether a file that an owner was writing is still there. */
function hasTemporary(file, ownerId) {
    try {
        return [file.path, file.sidecar].some((path) => regular_file_isThere((0,external_node_path_.join)((0,external_node_path_.dirname)(path), regular_file_temporaryNameFor(path, ownerId))));
    }
    catch {
        // A folder that cannot be looked into is one that nothing was written to.
        return false;
    }
}
/** Whether the file's contents are ones that we wrote, or found first: nobody else has touched it since. */
function isUntouched(sidecar, current) {
    const { first } = sidecar;
    if (current === undefined)
        return first.kind === 'absent';
    const hash = contentHash(current.bytes);
    if (sidecar.known.includes(hash))
        return true;
    return first.kind === 'bytes' && contentHash(Buffer.from(first.bytes, 'base64')) === hash;
}
/**
 * The file after owners left or came: every entry that one of the owners before wrote becomes what is to stand there
 * now. An entry that nobody of them wrote is another step's, and stays.
 */
function settled(current, before, after) {
    const ours = ownedPaths(before).filter((path) => isOwnersEntry(before, path, auth_json_valueAt(current, path)));
    return auth_json_changes_withValues(current, ours.map((path) => ({ path, value: entitledValue(after, path) })));
}

;// CONCATENATED MODULE: ./lib/credentials/exposure.js




/**
 * Whether a file is inside a git work tree, a submodule's or a linked one included, and git would publish it. Undefined
 * when it would not, when the file does not exist, and when git cannot tell, as where there is none.
 */
async function exposureToGit(path, environment) {
    if (!(0,external_node_fs_.existsSync)(path))
        return undefined;
    const file = (0,external_node_path_.join)(external_node_fs_.realpathSync.native((0,external_node_path_.dirname)(path)), (0,external_node_path_.basename)(path));
    const until = external_node_perf_hooks_namespaceObject.performance.now() + exposure_LONGEST_WAIT * 1000;
    for (const root of rootsAbove(file)) {
        const git = (...args) => runGit(root, args, environment, (until - external_node_perf_hooks_namespaceObject.performance.now()) / 1000);
        if ((await git('rev-parse', '--is-inside-work-tree')).stdout.trim() !== 'true')
            continue;
        const inside = (0,external_node_path_.relative)(root, file).replaceAll('\\', '/');
        const name = `./${inside}`;
        const ignoreLine = `/${inside.replace(/[\\*?[]/g, '\\$&')}`;
        const listed = await git('--literal-pathspecs', 'ls-files', '--error-unmatch', '--', name);
        if (listed.exitStatus === 0)
            return { tracked: true, ignoreLine };
        const { exitStatus } = await git('check-ignore', '--quiet', '--', name);
        // 0: ignored; 1: not ignored; all else: git failed.
        return exitStatus === 1 ? { tracked: false, ignoreLine } : undefined;
    }
    return undefined;
}
/**
 * The folders that may be the root of the work tree around a file, the nearest first. git is started there and not beside
 * the file: on its own way up it would stop at a folder that looks like a bare repository, which a commit may bring along.
 */
function rootsAbove(path) {
    const folder = (0,external_node_path_.dirname)(path);
    if (folder === path)
        return [];
    return [...((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, '.git')) ? [folder] : []), ...rootsAbove(folder)];
}
/**
 * The checkout may belong to another user, as in a container, which git refuses to read unless told that it is safe.
 * What a repository's own configuration could make git start is switched off, and a bare repository is not looked into
 * (since 2.38).
 */
const SAFE = [
    ...['-c', 'safe.directory=*', '-c', 'safe.bareRepository=explicit'],
    ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
];
/**
 * Nothing is fetched and nobody is asked: of a partial clone git would get what is missing by a command that the
 * repository's own configuration names.
 */
const QUIET = { GIT_OPTIONAL_LOCKS: '0', GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
/** It answers from one index; what takes longer is ended. Seconds for all that is asked about a file. */
const exposure_LONGEST_WAIT = 15;
function runGit(folder, args, environment, limit) {
    return runTool('git', [...SAFE, ...args], {
        environment,
        cwd: folder,
        // `GIT_DIR` and its like would have git look at another repository than the one around the file.
        without: /^GIT_/i,
        variables: QUIET,
        limit,
    });
}

;// CONCATENATED MODULE: ./lib/credentials/file-lock.js







/** A lock is held for milliseconds; whoever holds one for longer than this was killed. Milliseconds. */
const ABANDONED_AFTER = 30_000;
/** Longer than an abandoned lock can stand in the way. Milliseconds. */
const GIVE_UP_AFTER = ABANDONED_AFTER + 10_000;
/** How long a lock must stand still before its date counts: dates are another clock's, or one's that was set. Milliseconds. */
const DATE_COUNTS_AFTER = 1000;
/** How far the clock of a file system may be ahead of ours. Milliseconds. */
const MOST_AHEAD = 5000;
/**
 * Runs `work` while this process alone holds the lock, which is a folder: `mkdir` is atomic on every file system that a
 * runner has, network ones included. A lock counts as abandoned when it was seen to stand still for 30 s, or for one
 * while its date is older than 30 s or lies ahead; and at once when `ownerId` itself left it behind: that is the post
 * step after its main was killed.
 *
 * @throws UnwritableFile when the folder cannot be created, or the lock stays taken for 40 s
 */
async function withLock(lock, ownerId, work) {
    await acquire(lock, ownerId);
    try {
        // Left by a process that was killed while it took the lock over. As long as the lock is held nobody needs it.
        await remove(guardOf(lock));
        return await work();
    }
    finally {
        await remove(lock);
    }
}
async function acquire(lock, ownerId) {
    const deadline = performance.now() + GIVE_UP_AFTER;
    const seen = { lock: new Watched(lock), guard: new Watched(guardOf(lock)) };
    while (!(await tryCreate(lock))) {
        if (performance.now() > deadline)
            throw new unwritable_file_UnwritableFile(lock, 'locked');
        if (isFree(seen.lock, ownerId))
            await takeOver(seen, ownerId);
        await (0,promises_namespaceObject.setTimeout)(20 + Math.random() * 30);
    }
    try {
        external_node_fs_.writeFileSync((0,external_node_path_.join)(lock, 'owner'), ownerId, { mode: PRIVATE });
    }
    catch {
        // A full disk may have room for a folder and none for a file; taking credentials away must work there all the same.
        // Without a name the lock holds as well: only, should this process be killed, it is abandoned no sooner than 30 s later.
    }
}
function tryCreate(folder) {
    return patiently(() => guarded(folder, () => {
        try {
            external_node_fs_.mkdirSync(folder, 0o700);
            return true;
        }
        catch (error) {
            if (codeOf(error) === 'EEXIST')
                return false;
            throw error;
        }
    }));
}
/** A folder that another process made, and since when it has been seen to stand still. */
class Watched {
    path;
    #identity = '';
    #since = 0;
    constructor(path) {
        this.path = path;
    }
    /** Whether whoever made the folder has given it up, by what was seen of it so far. */
    isAbandoned() {
        const stats = external_node_fs_.lstatSync(this.path, { throwIfNoEntry: false });
        if (stats === undefined)
            return false;
        const identity = [stats.ino, stats.mtimeMs, this.holder].join(' ');
        if (identity !== this.#identity) {
            this.#identity = identity;
            this.#since = performance.now();
        }
        const still = performance.now() - this.#since;
        const age = Date.now() - stats.mtimeMs;
        return still > ABANDONED_AFTER || (still > DATE_COUNTS_AFTER && (age > ABANDONED_AFTER || age < -MOST_AHEAD));
    }
    get holder() {
        try {
            return external_node_fs_.readFileSync((0,external_node_path_.join)(this.path, 'owner'), 'utf8');
        }
        catch {
            return undefined;
        }
    }
}
function isFree(lock, ownerId) {
    return lock.isAbandoned() || lock.holder === ownerId;
}
/**
 * Breaking a lock needs a lock of its own: of two processes that saw the same abandoned one, the slower would otherwise
 * remove the lock that the faster has just taken.
 */
async function takeOver({ lock, guard }, ownerId) {
    if (!(await tryCreate(guard.path))) {
        if (guard.isAbandoned())
            await remove(guard.path);
        return;
    }
    try {
        if (isFree(lock, ownerId))
            await remove(lock.path);
    }
    finally {
        await remove(guard.path);
    }
}
function guardOf(lock) {
    return `${lock}.takeover`;
}
async function remove(folder) {
    try {
        await removeFolder(folder);
    }
    catch {
        // What the work came to says more; a lock or guard that cannot be removed is waited for, and not for ever.
    }
}

;// CONCATENATED MODULE: ./lib/credentials/write-credentials.js










/**
 * Merges entries into an auth.json, which may not exist yet. Other entries, their order and the
 * indentation stay. On anything but `written` the file is as it was, and so is its folder.
 *
 * The sidecar is written before auth.json: at every moment in which a key of ours can be in auth.json, the post step
 * finds out what stood there before.
 */
async function writeCredentials(file, claim) {
    let folders = [];
    try {
        // Before anything is created: a file that Composer refuses is reported, not surrounded by files of ours.
        const early = inspect(await regular_file_readRegularFile(file.path, LARGEST_AUTH_FILE_TO_WRITE));
        if (early.kind === 'invalid')
            return { kind: 'invalid', invalid: early };
        folders = createFolder((0,external_node_path_.dirname)(file.path));
        folders = [...folders, ...createSidecarFolder(file)];
        const result = await withLock(file.lock, claim.id, () => writeLocked(file, claim, folders));
        if (result.kind !== 'written')
            removeEmptyFolders(folders);
        return result;
    }
    catch (error) {
        removeEmptyFolders(folders);
        if (error instanceof unwritable_file_UnwritableFile) {
            return { kind: 'unwritable', failure: error, undone: !hasTemporary(file, claim.id) };
        }
        throw error;
    }
}
async function writeLocked(file, claim, folders) {
    await removeTemporaries(file);
    const found = await regular_file_readRegularFile(file.path, LARGEST_AUTH_FILE_TO_WRITE);
    const current = inspect(found);
    if (current.kind === 'invalid')
        return { kind: 'invalid', invalid: current };
    const before = await loadOwnSidecar(file);
    const after = claim.temporary
        ? write_credentials_joined(before, claim, found, current, folders)
        : before && outlived(before, claim, found);
    const cleared = before === undefined || after === undefined ? current : settled(current, before, after);
    const wanted = auth_json_changes_withValues(cleared, claim.entries);
    if (after !== undefined) {
        const known = [...(found === undefined ? [] : [contentHash(found.bytes)]), contentHash(wanted.text)];
        await storeSidecar(file, { ...after, known }, claim.id);
    }
    try {
        await storeAuthFile(file, { bytes: wanted.text, mode: PRIVATE, owner: found }, claim.id);
    }
    catch (error) {
        if (!(error instanceof unwritable_file_UnwritableFile))
            throw error;
        const undone = (await putBack(file, before, claim.id)) && !hasTemporary(file, claim.id);
        return { kind: 'unwritable', failure: error, undone };
    }
    // All of its owners were dead: nobody is left who would take it away.
    if (after?.owners.length === 0)
        await regular_file_removeFile(file.sidecar);
    return { kind: 'written', stood: standing(current, claim.entries) };
}
/** Puts the sidecar back as it was; whether that worked. */
async function putBack(file, before, ownerId) {
    try {
        if (before === undefined)
            await regular_file_removeFile(file.sidecar);
        else
            await storeSidecar(file, before, ownerId);
        return true;
    }
    catch (error) {
        if (error instanceof unwritable_file_UnwritableFile)
            return false;
        throw error;
    }
}
/** The sidecar with one owner more, without those whose job is long over. */
function write_credentials_joined(before, claim, found, current, folders) {
    const now = Date.now();
    const base = before ?? {
        format: 1,
        first: { kind: 'absent' },
        found: [],
        known: [],
        owners: [],
        folders: [],
    };
    const foreign = claim.entries
        .map(({ path }) => foundAt(current, path))
        .filter(({ path, value }) => !isOwnersEntry(base, path, value));
    const living = withoutOwners(base, deadOwners(base, now));
    return {
        ...living,
        first: before === undefined || !isUntouched(before, found) ? firstFound(before, found) : before.first,
        found: withFound(living.found, foreign),
        owners: [...living.owners, { id: claim.id, entries: claim.entries, since: now, leaving: false }],
        folders: [...living.folders, ...folders],
    };
}
function foundAt(file, path) {
    const value = auth_json_valueAt(file, path);
    return value === undefined ? { path } : { path, value };
}
/**
 * The sidecar after a claim that stays when the job has ended: whoever leaves last puts back what was found first with
 * the entry of this claim in it, as if that had stood there all the time.
 */
function outlived(before, claim, found) {
    const living = withoutOwners(before, deadOwners(before, Date.now()));
    const first = isUntouched(before, found) ? before.first : firstFound(before, found);
    return {
        ...living,
        first: withClaimed(first, claim, found),
        found: withFound(living.found, claim.entries),
    };
}
/** The first file with some entries more, in the mode of a file that holds a key. */
function withClaimed(first, { entries }, found) {
    if (first.kind === 'changed')
        return { ...first, mode: PRIVATE };
    const { uid, gid } = first.kind === 'bytes' ? first : (found ?? ourselves());
    const read = first.kind === 'bytes' ? readAuthJson(Buffer.from(first.bytes, 'base64')) : EMPTY_AUTH_JSON;
    // Nobody writes into a file that cannot be read as one; should it happen, the entry alone is edited in the end.
    if (read.kind === 'invalid')
        return { kind: 'changed', mode: PRIVATE, uid, gid };
    const bytes = Buffer.from(auth_json_changes_withValues(read, entries).text).toString('base64');
    return { kind: 'bytes', bytes, mode: PRIVATE, uid, gid };
}
/** Whose files are that this process creates; on Windows, which has no such numbers, what `stat` says there. */
function ourselves() {
    return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}
/** What the last owner has to put back, seen from a moment at which the file is not what an owner left behind. */
function firstFound(before, found) {
    if (found === undefined)
        return { kind: 'absent' };
    if (before === undefined) {
        const { bytes, mode, uid, gid } = found;
        return { kind: 'bytes', bytes: bytes.toString('base64'), mode, uid, gid };
    }
    const { mode, uid, gid } = before.first.kind === 'absent' ? found : before.first;
    return { kind: 'changed', mode, uid, gid };
}
function inspect(found) {
    return found === undefined ? EMPTY_AUTH_JSON : readAuthJson(found.bytes);
}

;// CONCATENATED MODULE: ./lib/credentials/write-everywhere.js




















/**
 * Merges credentials into every place that `auth-location` names. State goes first: after it, whatever happens, the post
 * step can undo it. A place that cannot be written to is a finding; the others are written all the same.
 */
async function writeEverywhere(inputs, environment, entries) {
    const found = composerHome(environment);
    const surroundings = surroundingsOf(environment);
    const { files, findings } = authFiles(inputs.authLocations, environment, found, surroundings);
    const home = homeOf(inputs.authLocations, environment, found);
    if (entries.length === 0)
        return { findings: [], files: [], exported: false, environment, home };
    const id = (0,external_node_crypto_namespaceObject.randomUUID)();
    const lease = leaseFor(id, entries);
    const variable = inputs.authLocations.includes('env')
        ? mergedEnvironment(environment.env.COMPOSER_AUTH, entries, lease, privateFolder(surroundings))
        : undefined;
    const state = new CredentialState(inputs.cleanup, {
        lease,
        files: files.map(({ path, sidecar }) => ({ path, sidecar, stood: undefined })),
        variable: variable?.kind === 'merged' ? variable.variable : undefined,
    });
    const written = [];
    for (const file of files) {
        const finding = await writeTo(file, { id, entries, temporary: inputs.cleanup }, state);
        if (finding === undefined)
            written.push(file.path);
        else
            findings.push(finding);
    }
    const refused = variable && (await write_everywhere_exportVariable(variable, environment.env, state));
    if (refused !== undefined)
        findings.push(refused);
    const text = variable?.kind === 'merged' && refused === undefined ? variable.text : undefined;
    const after = text === undefined ? environment : withVariable(environment, text);
    return { findings, files: written, exported: text !== undefined, environment: after, home };
}
/** Files that hold credentials and that git would take along: those written, and one that the project had already. */
async function exposures(files, environment) {
    const ours = new Set(files.map(realPath));
    const all = [...new Set([...ours, realPath(projectAuthPath(environment))])];
    const found = await Promise.all(all.map(async (path) => {
        const written = ours.has(path);
        if (!written && holdsNone(path))
            return [];
        const exposure = await exposureToGit(path, environment);
        if (exposure === undefined)
            return [];
        return [
            {
                ...NO_SERVER,
                code: 'auth-file-exposed',
                place: { path, position: undefined },
                written,
                ...exposure,
            },
        ];
    }));
    return found.flat();
}
/** Whether a file is an auth.json without a single secret, as Composer and templates of projects leave one behind. */
function holdsNone(path) {
    const file = (0,bounded_file/* readBounded */.CB)(path, LARGEST_AUTH_FILE);
    const read = file.kind === 'bytes' ? readAuthJson(file.bytes) : undefined;
    return read?.kind === 'auth-json' && auth_json_entriesOf(read).flatMap(secretsOf).join('') === '';
}
/** Folders of this job, as far as they decide where our own files may lie. */
function surroundingsOf({ env, cwd }) {
    return {
        workspace: env.GITHUB_WORKSPACE || process.cwd(),
        project: cwd,
        home: truthy(env.HOME) ?? truthy(env.USERPROFILE),
        temporary: env.RUNNER_TEMP || undefined,
    };
}
/** The files of the locations, each once: Composer's home may be the project's folder. */
function authFiles(locations, environment, home, surroundings) {
    const files = new Map();
    const findings = [];
    for (const location of locations) {
        if (location === 'env')
            continue;
        const target = authTarget(location, environment, home);
        if ('composerSays' in target) {
            findings.push(unwritable('auth.json', 'no-home', undefined, target.composerSays));
        }
        else if (leadsOut(target.named, target.path, surroundings)) {
            findings.push(unwritable(target.path, 'leads-out'));
        }
        else {
            const key = realPath(target.path);
            if (!files.has(key))
                files.set(key, authFileAt(target.path, sidecarOf(target.path, surroundings)));
        }
    }
    return { files: [...files.values()], findings };
}
/** The auth.json of a location, and by which path settings name it: links may lead from one to the other. */
function authTarget(location, environment, home) {
    switch (location) {
        case 'global':
            return home.kind === 'found' ? unlinked((0,external_node_path_.join)(home.path, 'auth.json')) : home;
        case 'project':
            return { path: projectAuthPath(environment), named: composerJsonPath(environment) };
        case 'magento':
            return unlinked((0,external_node_path_.join)(magentoHome(environment), 'auth.json'));
    }
}
function unlinked(path) {
    return { path, named: path };
}
/** Where Magento's own commands have their Composer home. Source: `Magento\Framework\Composer\ComposerFactory`. */
function magentoHome({ cwd }) {
    return (0,external_node_path_.resolve)(cwd, 'var', 'composer_home');
}
/**
 * The home of the Composer that the credentials are for: with `magento` alone that of Magento's commands, else the user's.
 */
function homeOf(locations, environment, found) {
    if (locations.every((location) => location === 'magento'))
        return magentoHome(environment);
    return found.kind === 'found' ? found.path : undefined;
}
async function writeTo(file, claim, state) {
    const result = await writeCredentials(file, claim);
    switch (result.kind) {
        case 'written':
            state.written(file, result.stood);
            say(`Composer's credentials for ${state.hosts} are in ${file.path}${claim.temporary ? ' until the job ends' : ''}.`);
            return undefined;
        case 'invalid':
            state.without(file);
            return refusedFinding(file.path, result.invalid);
        case 'unwritable': {
            if (result.undone)
                state.without(file);
            const { path, reason, code } = result.failure;
            return unwritable(path, reason, code);
        }
    }
}
/** Sets `COMPOSER_AUTH` for the later steps; returns why that is not possible. */
async function write_everywhere_exportVariable(merged, env, state) {
    if (merged.kind === 'invalid')
        return refusedFinding('COMPOSER_AUTH', merged.invalid);
    if (!canExport(env)) {
        state.withoutVariable();
        return unwritable('GITHUB_ENV', 'other');
    }
    try {
        if (state.temporary)
            await saveEnvironment(merged.variable, env.COMPOSER_AUTH);
        exportComposerAuth(merged.text);
    }
    catch (error) {
        if (await forgets(merged.variable))
            state.withoutVariable();
        if (!(error instanceof unwritable_file_UnwritableFile))
            return unwritable('GITHUB_ENV', 'other');
        return unwritable(error.path, error.reason, error.code);
    }
    say(`Composer's credentials for ${state.hosts} are in COMPOSER_AUTH for all later steps${state.temporary ? ' until the job ends' : ''}.`);
    return undefined;
}
/** Whether nothing is kept any more of what the variable held. */
async function forgets(variable) {
    try {
        await forgetEnvironment(variable);
        return true;
    }
    catch {
        return false;
    }
}
/** A file or variable that Composer does not accept, and that the step's own credentials were to go into. */
function refusedFinding(source, invalid) {
    return invalidAuthFile(source, invalid, 'refused');
}
function unwritable(target, reason, systemCode, composerSays) {
    const place = (0,external_node_path_.isAbsolute)(target) ? { path: target, position: undefined } : undefined;
    return { ...NO_SERVER, code: 'auth-file-unwritable', target, reason, systemCode, composerSays, place };
}
function withVariable(environment, text) {
    return { ...environment, env: { ...environment.env, COMPOSER_AUTH: text } };
}

;// CONCATENATED MODULE: ./lib/downloads/netrc-file.js





/** Where a use keeps its netrc file: in a folder that the runner empties, outside of every work tree, by a random name. */
function newNetrcPath(surroundings) {
    return (0,external_node_path_.join)(privateFolder(surroundings), `magento-composer-auth-${(0,external_node_crypto_namespaceObject.randomUUID)()}.netrc`);
}
/** Whether a path is one that `newNetrcPath` may have made. A step's state can be somebody else's text. */
function netrc_file_isNetrcPath(path) {
    return isAbsolute(path) && /^magento-composer-auth-[0-9a-f-]{36}\.netrc$/.test(basename(path));
}
/**
 * Writes a netrc file, mode 0600 from its first byte. To be called after its path is in the step's state: then the post
 * step finds it whatever happens to main.
 *
 * @throws UnwritableFile
 */
async function writeNetrcFile(path, text) {
    const folder = (0,external_node_path_.dirname)(path);
    if (isSharedFolder(folder))
        createPrivateFolder(folder);
    await replaceFile(path, {
        bytes: text,
        mode: PRIVATE,
        owner: undefined,
        temporaryName: regular_file_temporaryNameFor(path, netrc_file_TEMPORARY),
    });
}
/**
 * Removes a netrc file, and what is left of one where main was killed while it wrote it; whether any was there.
 *
 * @throws UnwritableFile
 */
async function removeNetrcFile(path) {
    const unfinished = join(dirname(path), temporaryNameFor(path, netrc_file_TEMPORARY));
    const found = isThere(path) || isThere(unfinished);
    await removeFile(path);
    await removeFile(unfinished);
    return found;
}
const netrc_file_TEMPORARY = 'new';

;// CONCATENATED MODULE: ./lib/runner/netrc-state.js



const netrc_state_NAME = 'netrc';
/** Tells the post step which netrc file to remove. To be called before that is written. @throws UnwritableRunnerFile */
function saveNetrcPath(path) {
    writeRunnerFile('GITHUB_STATE', () => saveState(netrc_state_NAME, path));
}
/** The netrc file that main announced; undefined for none. Where it announced none the text can be anybody's. */
function savedNetrcPath() {
    const path = getState(netrc_state_NAME);
    return isNetrcPath(path) ? path : undefined;
}

;// CONCATENATED MODULE: ./lib/downloads/forms.js
const MAGE_ID = /^MAG\d+$/i;
const forms_TOKEN = /^[0-9a-f]{40}$/i;
const ACCESS_KEY = /^[0-9a-f]{32}$/i;
/** What gives the credentials for downloads away as something else; nothing where both have the form that Adobe gives them. */
function doubtfulForms({ username, password }) {
    if (forms_TOKEN.test(username) && MAGE_ID.test(password))
        return [{ input: 'both', form: 'exchanged' }];
    const keys = [username, password].filter((value) => ACCESS_KEY.test(value));
    if (keys.length === 2)
        return [{ input: 'both', form: 'access-key' }];
    return [
        ...(MAGE_ID.test(username) ? [] : [{ input: 'mage-id', form: forms_formOf(username) }]),
        ...(forms_TOKEN.test(password) ? [] : [{ input: 'download-token', form: forms_formOf(password) }]),
    ];
}
function forms_formOf(value) {
    if (ACCESS_KEY.test(value))
        return 'access-key';
    if (/^MAG\d+:/i.test(value) || /\/\/MAG\d+:/i.test(value))
        return 'both-halves';
    if (/^[^@\s:/]+@[^@\s]+$/.test(value))
        return 'email';
    return 'other';
}

;// CONCATENATED MODULE: ./lib/downloads/netrc.js
/**
 * A netrc file with credentials for one host, as curl reads it: words with white space in between. A word is quoted only
 * where it must be, since curl knows quotation marks from 7.84 on, and a MAGEID and its token need none.
 *
 * @param hostname without a port, for which netrc has no place: curl sends the pair to every port of the host
 *
 * Source of the rule: curl's `lib/netrc.c`, `parsenetrc`.
 */
function netrcFor(hostname, { username, password }) {
    // curl compares with the address itself.
    const machine = hostname.replace(/^\[|\]$/g, '');
    return `machine ${machine}\nlogin ${word(username)}\npassword ${word(password)}\n`;
}
/** A word that neither ends too early nor begins a comment or a quotation. */
function word(value) {
    return /^["#]|[\s\p{Cc}]/u.test(value) ? `"${value.replace(/["\\\n\r\t]/g, escaped)}"` : value;
}
function escaped(character) {
    return `\\${NAMED[character] ?? character}`;
}
const NAMED = { '\n': 'n', '\r': 'r', '\t': 't' };

;// CONCATENATED MODULE: ./lib/downloads/service.js










/** Seconds that all requests may take together, whatever the inputs say. */
const LONGEST_RUN = 180;
/**
 * Asks for `info/help`, which the service gives to nobody without a token. By the same rules as a repository is asked, but
 * for whom to trust: of Composer's settings the variables alone count, since the checkout has no say in this.
 */
async function askForHelp({ url, ...pair }, { timeout, retries }, environment) {
    const { env } = environment;
    const help = `${url}info/help`;
    const own = originOf(help);
    const transport = openTransport({
        deadline: openDeadline(Math.min(LONGEST_RUN, 2 * timeout * (retries + 1)) * 1000),
        timeout,
        retries,
        userAgent: `magento-composer-auth/${VERSION} (GitHub Actions)`,
        trust: trustedCertificates(trustConfig(environment, []), env),
        nodeTrustsAll: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
        proxyFor: (target) => proxyFor(target, env, false),
        withCredentials: allowance((retries + 1) * (MAXIMUM_REDIRECTS + 1)),
        essential: help,
        credentialsFor: (origin) => (origin === own ? pair : undefined),
        // Where redirects lead a server says, in what words it likes.
        onRequest: () => { },
    });
    const answer = await transport.get(help);
    const status = answer.kind === 'answered' ? answer.status : undefined;
    core_debug(`GET ${help} -> ${answer.kind === 'answered' ? answer.status : answer.failure.type} (tries: ${answer.tries})`);
    const came = service_unlikeHelp(answer, help);
    return { status, notHelp: came && { ...circumstances(answer, help), came } };
}
/** What came in place of the help; undefined for the help, whose words nobody has promised. */
function service_unlikeHelp(answer, asked) {
    if (new URL(answer.url).host !== new URL(asked).host)
        return { type: 'elsewhere' };
    if (answer.kind === 'failed')
        return { type: 'failure', failure: answer.failure };
    const { status, leftOrigin, body } = answer;
    if (leftOrigin)
        return { type: 'elsewhere' };
    if (status === 401 || status === 403)
        return { type: 'refusal' };
    if (status !== 200)
        return { type: 'status' };
    return isPage(body) ? { type: 'page' } : undefined;
}
/** A page begins like one; the help is plain text, whatever its Content-Type may be. */
function isPage(body) {
    return body.subarray(0, 512).toString('latin1').trimStart().startsWith('<');
}
function circumstances({ url: last, proxy, tries, trace }, url) {
    const { host } = new URL(last);
    return { url, tries, proxy: proxy?.shown, trace, answeredBy: host === new URL(url).host ? undefined : host };
}

;// CONCATENATED MODULE: ./lib/downloads/downloads.js









/** Writes the credentials for downloads into a netrc file, and asks the service whether it accepts them. */
async function setUpDownloads(given, inputs, environment, surroundings) {
    const host = originOf(given.url);
    const written = await write(given, host, inputs.cleanup, surroundings);
    const answer = inputs.check === 'off' ? undefined : await askForHelp(given, inputs, environment);
    const service = downloads_judged(answer);
    if (service === 'accepts')
        say(`${host} accepts MAGEID and download token (HTTP 200).`);
    return {
        host,
        netrcFile: 'path' in written ? written.path : undefined,
        service,
        findings: [...('finding' in written ? [written.finding] : []), ...findingsOf(given, host, answer)],
    };
}
function downloads_judged(answer) {
    if (answer === undefined)
        return 'not-asked';
    if (answer.notHelp === undefined)
        return 'accepts';
    return answer.notHelp.came.type === 'refusal' ? 'refuses' : 'unconfirmed';
}
async function write(given, host, temporary, surroundings) {
    const path = newNetrcPath(surroundings);
    if (temporary)
        saveNetrcPath(path);
    try {
        await writeNetrcFile(path, netrcFor(new URL(given.url).hostname, given));
        say(`The credentials for downloads from ${host} are in ${path}${temporary ? ' until the job ends' : ''}.`);
        return { path };
    }
    catch (error) {
        if (!(error instanceof unwritable_file_UnwritableFile))
            throw error;
        const { reason, code } = error;
        const finding = {
            ...NO_SERVER,
            code: 'auth-file-unwritable',
            target: path,
            reason,
            systemCode: code,
            composerSays: undefined,
            forDownloads: true,
            place: undefined,
        };
        return { finding };
    }
}
/** A refusal together with what the forms tell of its reason; else each by itself, and both warnings. */
function findingsOf(given, host, answer) {
    const forms = doubtfulForms(given);
    const base = { ...NO_SERVER, code: 'download-token-rejected', host, place: undefined };
    const asked = answer?.notHelp;
    if (asked?.came.type === 'refusal')
        return [{ ...base, status: answer?.status, forms, asked }];
    return [
        ...(forms.length === 0 ? [] : [{ ...base, forms, asked: undefined }]),
        ...(asked === undefined ? [] : [{ ...base, status: answer?.status, forms: [], asked }]),
    ];
}

;// CONCATENATED MODULE: ./lib/report/shown-finding.js


/**
 * Makes a finding fit to be shown: names, versions and URLs come from files of the project and from servers, and may hold
 * line breaks, terminal escapes, commands for the runner, or what a server was sent. Each becomes one short line without
 * any form of a secret. What we wrote ourselves is never touched, whatever somebody's password is.
 *
 * Findings are weighed as they are; only what is shown goes through here.
 */
function harmless(finding, redaction) {
    return cleaned(finding, WRITERS[finding.code], redaction);
}
const PLACE = { path: 'path' };
const FAILURE = {
    host: 'url',
    code: 'ours',
    issuer: 'server',
    path: 'project',
    source: 'path',
    variable: 'ours',
    encoding: 'server',
    target: 'server',
};
const TRACE = {
    time: 'ours',
    resolved: 'ours',
    connected: 'ours',
    requestIds: { header: 'ours', value: 'server' },
};
const AT_SERVER = {
    host: 'host',
    url: 'url',
    serverText: 'server',
    proxy: 'url',
    trace: TRACE,
    answeredBy: 'url',
    packages: 'project',
    place: PLACE,
};
const KEY_SOURCE = {
    inputs: { misspelt: 'project', takes: { name: 'project' }, from: { name: 'project' } },
    call: { names: 'project' },
};
const FAILS = { url: 'url', packages: 'project' };
const FROM = { source: KEY_SOURCE, name: 'path', place: PLACE };
const WRITERS = {
    'input-invalid': { host: 'host', packages: 'project', input: 'ours', wrong: 'ours', fix: 'ours', place: PLACE },
    'keys-missing': { host: 'host', url: 'url', packages: 'project', source: KEY_SOURCE, place: PLACE },
    'keys-malformed': {
        host: 'host',
        packages: 'project',
        characters: 'ours',
        source: KEY_SOURCE,
        rejectedAt: 'url',
        place: PLACE,
    },
    'keys-not-received': AT_SERVER,
    'keys-rejected': { ...AT_SERVER, from: FROM },
    'keys-swapped': { ...AT_SERVER, from: FROM },
    'access-forbidden': AT_SERVER,
    'repository-not-found': AT_SERVER,
    'rate-limited': AT_SERVER,
    'repository-unavailable': AT_SERVER,
    'repository-unreachable': { ...AT_SERVER, failure: FAILURE },
    'tls-failed': { ...AT_SERVER, failure: FAILURE },
    'proxy-failed': { ...AT_SERVER, failure: FAILURE },
    'unexpected-answer': { ...AT_SERVER, what: { failure: FAILURE } },
    'auth-file-invalid': {
        host: 'host',
        packages: 'project',
        source: 'path',
        fault: { section: 'ours', wrong: { field: 'ours' } },
        place: PLACE,
    },
    'auth-file-unwritable': {
        host: 'host',
        packages: 'project',
        target: 'path',
        systemCode: 'ours',
        composerSays: 'ours',
        place: PLACE,
    },
    'auth-file-exposed': { host: 'host', packages: 'project', ignoreLine: 'path', place: PLACE },
    'credentials-overridden': {
        host: 'host',
        packages: 'project',
        source: 'path',
        section: 'ours',
        installed: 'project',
        fails: FAILS,
        place: PLACE,
    },
    'package-denied': {
        host: 'host',
        packages: 'project',
        sees: { products: 'ours', vendors: { vendor: 'server' } },
        url: 'url',
        filter: 'project',
        constraint: 'project',
        mayBeElsewhere: { names: 'url' },
        place: PLACE,
    },
    'version-unavailable': {
        host: 'host',
        packages: 'project',
        constraint: 'project',
        stability: 'ours',
        nearest: 'server',
        mayBeElsewhere: { names: 'url' },
        place: PLACE,
    },
    'credentials-missing': {
        host: 'host',
        url: 'url',
        section: 'ours',
        source: 'path',
        packages: 'project',
        place: PLACE,
    },
    'insecure-url': { host: 'host', url: 'url', packages: 'project', place: PLACE },
    'manifest-invalid': { host: 'host', packages: 'project', place: PLACE },
    'download-token-rejected': {
        host: 'host',
        packages: 'project',
        asked: { url: 'url', proxy: 'url', trace: TRACE, answeredBy: 'url', came: { failure: FAILURE } },
        place: PLACE,
    },
    'published-time-missing': { host: 'host', url: 'url', packages: 'project', version: 'server', place: PLACE },
};
/** Applies what is written about a value to it; what nothing is written about stays. */
function cleaned(value, writers, redaction) {
    if (writers === undefined)
        return value;
    if (typeof value === 'string')
        return shownText(value, writers, redaction);
    if (Array.isArray(value))
        return value.map((item) => cleaned(item, writers, redaction));
    if (typeof value !== 'object' || value === null)
        return value;
    const fields = new Map(Object.entries(writers));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item, fields.get(key), redaction)]));
}
/** One text as it can be shown. Secrets are looked for before it is cut, so that none is left in part. */
function shownText(text, writer, { project, server }) {
    // Once more behind it: where a secret was escaped, so may be a line break.
    const line = (redacted) => shortened(flattened(redacted));
    switch (writer) {
        case 'ours':
            return text;
        case 'project':
            return line(project(flattened(text)));
        case 'server':
            return line(server(flattened(text)));
        case 'path':
            return line(text);
        case 'host':
            return line(shownUrl(text));
        case 'url': {
            const [, host = '', path = '', file = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*|[^/]*)(.*?)(\/packages\.json)?$/is.exec(flattened(shownUrl(text))) ?? [];
            // Composer's own name for a file is nobody's secret, and words depend on it.
            return line(`${project(host)}${server(path)}${file}`);
        }
    }
}

;// CONCATENATED MODULE: ./lib/downloads/with-downloads.js



/**
 * What a run comes to when Composer's part and the downloads are taken together. An error of either is one of the step; a
 * part of Composer's that was skipped stays so for the steps that ask.
 *
 * @param redaction takes out everything that is secret in this run, since one server may serve both
 */
function withDownloads({ outcome, redaction }, downloads) {
    if (downloads === undefined)
        return outcome;
    const { findings, ...facts } = downloads;
    // By themselves: whatever is wrong with the downloads, Composer can have nothing to do with it.
    const own = weigh(findings, { version: undefined, mainAsked: false, composerManages: true });
    const shown = own.map(({ finding, severity }) => ({ finding: harmless(finding, redaction), severity }));
    const failed = own.some(({ severity }) => severity === 'error');
    return {
        ...outcome,
        status: failed ? 'problems' : outcome.status,
        problems: [...outcome.problems, ...shown].toSorted(bySeverity),
        downloads: facts,
    };
}

;// CONCATENATED MODULE: ./lib/inputs/invalid-input.js
/** An input that cannot be read. Says what is wrong with it and what it takes, and never its value. */
class InvalidInput extends Error {
    name = 'InvalidInput';
    /** Its name in action.yml. */
    input;
    /** Continues the name, without a full stop. */
    wrong;
    /** What to do, in at most three steps. */
    fix;
    constructor(input, wrong, ...fix) {
        super(input);
        this.input = input;
        this.wrong = wrong;
        this.fix = fix;
    }
}
/** An input with a value that is none of those that it takes. */
function notTaken(input, takes) {
    return new InvalidInput(input, 'has a value that it does not take', `Set it to ${takes}`);
}

;// CONCATENATED MODULE: ./lib/inputs/url-input.js



/**
 * The URL of a server that credentials go to: https, or http to this machine.
 *
 * @throws InvalidInput
 */
function urlInput({ input, fallback, what, credentials, secrets }) {
    const takes = `the http(s) URL of ${what}, such as \`${fallback}\`.`;
    const value = getInput(input) || fallback;
    if (!/^https?:\/\//i.test(value) || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value))
        throw notTaken(input, takes);
    const url = new URL(value);
    if (url.username !== '' || url.password !== '') {
        throw new InvalidInput(input, 'holds credentials', `Take them out of the URL, and pass them to ${credentials}, from secrets.`);
    }
    if (url.search !== '' || url.hash !== '')
        throw notTaken(input, takes);
    if (!isPrivateRoute(value)) {
        throw new InvalidInput(input, `begins with http://, over which anyone on the way could read ${secrets}`, 'Begin it with `https://`.');
    }
    return value;
}

;// CONCATENATED MODULE: ./lib/inputs/download-inputs.js





/** Where Adobe serves archives and patches. Source: Adobe's page on authentication keys. */
const DOWNLOADS = 'https://www.magentocommerce.com/products/downloads/';
/** The inputs as they were handed over: masked before anything else is read. */
function readRawDownloadSecrets() {
    const raw = (name) => getInput(name, { trimWhitespace: false });
    return { mageId: raw('mage-id'), downloadToken: raw('download-token'), downloadUrl: raw('download-url') };
}
/**
 * Reads the inputs for downloads.
 *
 * @returns undefined where both halves are empty: downloads are not used, or the run gets no secrets
 * @throws InvalidInput
 */
function readDownloadInputs() {
    const { mageId, downloadToken } = readRawDownloadSecrets();
    const url = downloadUrl();
    const username = half('mage-id', mageId);
    const password = half('download-token', downloadToken);
    if (username === '' && password === '')
        return undefined;
    if (username === '')
        throw download_inputs_missing('mage-id', 'download-token');
    if (password === '')
        throw download_inputs_missing('download-token', 'mage-id');
    return { username, password, url };
}
function half(input, raw) {
    const { value } = givenKey(raw);
    if (value === '$') {
        throw new InvalidInput(input, 'holds only a dollar sign, as `$${{ secrets.NAME }}` leaves of an empty secret', 'Write `${{ secrets.NAME }}`, with one dollar sign, and check that the secret exists.');
    }
    return value;
}
function download_inputs_missing(empty, given) {
    return new InvalidInput(empty, `is empty, but \`${given}\` is not, and downloads need both`, `Compare the name of its secret with the names under ${SECRETS}.`, 'Or, to download nothing, leave both empty.');
}
function downloadUrl() {
    const value = urlInput({
        input: 'download-url',
        fallback: DOWNLOADS,
        what: 'the downloads',
        credentials: '`mage-id` and `download-token`',
        secrets: 'the token',
    });
    return value.endsWith('/') ? value : `${value}/`;
}

;// CONCATENATED MODULE: ./lib/inputs/given-credentials.js



/**
 * Puts the inputs together: keys beat what `composer-auth` holds for their host, in whichever of its sections, since
 * Composer sends one thing to a host. Half a pair is none, and then nothing of the step is to be written.
 */
function given({ publicKey, privateKey, composerAuth }, host) {
    const missing = [
        ...(isMissing(publicKey.value) ? ['public-key'] : []),
        ...(isMissing(privateKey.value) ? ['private-key'] : []),
    ];
    const others = composerAuth.filter(({ path: [, origin] }) => origin !== host);
    if (missing.length === 0) {
        const keys = { username: publicKey.value, password: privateKey.value };
        return { keys, from: 'inputs', missing, entries: [httpBasicEntry(host, keys), ...others] };
    }
    if (missing.length === 1)
        return { keys: undefined, from: 'inputs', missing, entries: [] };
    const keys = keysIn(composerAuth, host);
    const has = composerAuth.some(({ path: [, origin] }) => origin === host);
    return { keys, from: 'composer-auth', missing: has ? [] : missing, entries: composerAuth };
}
/** What Composer would send to a host: a bearer token before a pair. */
function keysIn(entries, host) {
    const valueIn = (name) => entries.find(({ path: [section, origin] }) => section === name && origin === host)?.value;
    const token = valueIn('bearer');
    return typeof token === 'string' ? { username: token, password: 'bearer' } : readHttpBasic(valueIn('http-basic'));
}

;// CONCATENATED MODULE: ./lib/inputs/composer-auth-input.js




/**
 * The entries of the input `composer-auth`, in the order in which they stand; none when it is empty.
 *
 * @param raw the input as it was handed over, with what surrounds it: a byte order mark is not to be trimmed away
 * @throws InvalidInput says what is wrong and where, never what stands there
 */
function readComposerAuth(raw) {
    if (raw.trim() === '' && !raw.includes('\uFEFF'))
        return [];
    const read = readAuthJson(Buffer.from(raw.trimEnd()));
    if (read.kind === 'invalid')
        throw composer_auth_input_refused(whyInvalid(read, raw));
    const notAllowed = whyNotAllowed(read);
    if (notAllowed !== undefined)
        throw composer_auth_input_refused(notAllowed);
    // `$schema` is for editors.
    return auth_json_entriesOf(read).filter(({ path: [section] }) => !section.startsWith('$'));
}
function composer_auth_input_refused({ wrong, fix }) {
    return new InvalidInput('composer-auth', wrong, ...fix);
}
const composer_auth_input_FORM = 'Pass JSON in the format of Composer’s auth.json, such as `{"http-basic": {"repo.example.com": {"username": "…", "password": "…"}}}`.';
function whyInvalid({ fault, position }, raw) {
    const at = place(position);
    switch (fault.reason) {
        case 'byte-order-mark':
            return {
                wrong: 'begins with a byte order mark (U+FEFF), which Composer does not accept',
                fix: ['Save the secret again from an editor that writes UTF-8 without one.'],
            };
        case 'single-quotes':
            return raw.trimStart().startsWith("'")
                ? {
                    wrong: 'is wrapped in single quotes, which belong to a shell and not to the value',
                    fix: ['Save the secret again without them.'],
                }
                : { wrong: `is not JSON: it has single quotes instead of double quotes${at}`, fix: [composer_auth_input_FORM] };
        case 'trailing-comma':
            return {
                wrong: `is not JSON: it has an extra comma${at}`,
                fix: ['Remove that comma, and save the secret again.'],
            };
        case 'list':
            return { wrong: 'is a list, not an object', fix: [composer_auth_input_FORM] };
        case 'numeric-key':
            return { wrong: `has a number as a key${at}`, fix: [composer_auth_input_FORM] };
        case 'not-an-object':
            return raw.trimStart().startsWith('"')
                ? {
                    wrong: 'is a text in quotation marks, not JSON',
                    fix: ['Remove the quotation marks around it and the backslashes in it, and save the secret again.'],
                }
                : { wrong: `is JSON, but not an object${at}`, fix: [composer_auth_input_FORM] };
        case 'section':
        case 'entry':
            return composer_auth_input_formOf(fault.section, at);
        case 'not-decodable':
            return { wrong: `is nested too deeply or holds half of a character${at}`, fix: [composer_auth_input_FORM] };
        case 'not-utf-8':
        case 'empty':
        case 'syntax':
            return whyNoJson(raw, at);
    }
}
function whyNoJson(raw, at) {
    switch (faultInText(raw)) {
        case 'quotation-mark':
            return {
                wrong: `is not JSON: a quotation mark inside a key or password${at} ends it too early`,
                fix: [
                    'If the workflow puts secrets into the JSON, let GitHub escape them: `"password": ${{ toJSON(secrets.NAME) }}`, without quotation marks around it.',
                    'If the whole JSON is one secret, write `\\"` for a quotation mark inside a key or password.',
                ],
            };
        case 'line-break':
            return {
                wrong: `is not JSON: a key or password in it goes on over the end of a line${at}`,
                fix: [
                    'Save the secret again with line breaks only between texts, not inside a key or password.',
                    'If the workflow puts secrets into the JSON, let GitHub escape them: `"password": ${{ toJSON(secrets.NAME) }}`, without quotation marks around it.',
                ],
            };
        case undefined:
            return { wrong: `is not JSON${at}`, fix: [composer_auth_input_FORM] };
    }
}
function whyNotAllowed(read) {
    const violation = schemaViolation(read);
    if (violation === undefined)
        return undefined;
    const at = place(violation.position);
    switch (violation.kind) {
        case 'wrapped':
            return {
                wrong: `wraps everything in \`config\`${at}, as config.json does`,
                fix: ['Remove `config` and its braces: auth.json has its sections at the top.'],
            };
        case 'no-section':
            return {
                wrong: `has credentials${at} under a name that is not a section that Composer knows, so Composer would ignore them`,
                fix: [`Put them into one of these sections: ${[...AUTH_SECTIONS.keys()].map(quoted).join(', ')}.`],
            };
        case 'section':
        case 'entry':
            return composer_auth_input_formOf(violation.section, at);
    }
}
function composer_auth_input_formOf(section, at) {
    const form = AUTH_SECTIONS.get(section ?? '')?.form ?? 'what Composer’s schema says';
    return {
        wrong: `has something in the section \`${section}\`${at} that Composer does not read there`,
        fix: [`Write for each host ${form}.`],
    };
}
function quoted(name) {
    return `\`${name}\``;
}
function place(position) {
    return position === undefined ? '' : ` at line ${position.line}, column ${position.column}`;
}
/**
 * The first text in double quotes that holds what must not be in one: a line break; or a quotation mark, so that something
 * follows the text that neither ends it nor separates it from the next one.
 */
function faultInText(raw) {
    let inside = false;
    for (let index = 0; index < raw.length; index++) {
        const character = raw[index];
        if (inside && (character === '\n' || character === '\r'))
            return 'line-break';
        if (inside && character === '\\')
            index++;
        else if (character === '"') {
            if (inside && goesOn(raw, index + 1))
                return 'quotation-mark';
            inside = !inside;
        }
    }
    return undefined;
}
/** Whether a text goes on behind a quotation mark that should have ended it. */
function goesOn(raw, behind) {
    if (raw[behind] === '"')
        return true;
    let next = behind;
    while (/\s/.test(raw[next] ?? ''))
        next++;
    // Where a text follows after white space, a comma is missing.
    return /[^,:}\]"]/.test(raw[next] ?? '');
}

;// CONCATENATED MODULE: ./lib/inputs/inputs.js











/** What holds secrets, before anything else is read: it is masked first. */
function readRawSecrets() {
    const raw = (name) => getInput(name, { trimWhitespace: false });
    return {
        publicKey: raw('public-key'),
        privateKey: raw('private-key'),
        composerAuth: raw('composer-auth'),
        repositoryUrl: raw('repository-url'),
    };
}
/**
 * Reads and validates all inputs.
 *
 * @param workspace the folder that `working-directory` starts from
 * @throws InvalidInput
 */
function readInputs(workspace) {
    const { publicKey, privateKey, composerAuth } = readRawSecrets();
    return {
        publicKey: givenKey(publicKey),
        privateKey: givenKey(privateKey),
        composerAuth: readComposerAuth(composerAuth),
        repositoryUrl: inputs_repositoryUrl(),
        workingDirectory: workingDirectory(workspace),
        composerCommand: composerCommand(),
        packages: inputs_packages(),
        authLocations: authLocations(),
        check: oneOf('check', 'full', ['full', 'access', 'off']),
        ifKeysMissing: oneOf('if-keys-missing', 'error', ['error', 'warn', 'ignore']),
        failOnError: flag('fail-on-error', true),
        timeout: number('timeout', 30, 'a number of seconds above 0 and up to 600, such as `30`.', (n) => n > 0 && n <= 600),
        retries: number('retries', 3, 'a whole number from 0 to 10, such as `3`.', (n) => Number.isInteger(n) && n >= 0 && n <= 10),
        jobSummary: readJobSummary(),
        cleanup: flag('cleanup', true),
        downloads: readDownloadInputs(),
    };
}
/** @throws InvalidInput */
function readJobSummary() {
    return oneOf('job-summary', 'true', ['true', 'false', 'problems']);
}
function authLocations() {
    const words = ['global', 'project', 'magento', 'env'];
    const named = (getInput('auth-location') || 'global').toLowerCase().split(/[\s,]+/);
    const locations = named.flatMap((name) => words.find((word) => word === name) ?? (name === '' ? [] : [undefined]));
    if (locations.length === 0 || locations.includes(undefined)) {
        throw notTaken('auth-location', 'one or several of `global`, `project`, `magento` and `env`, one per line or with commas in between.');
    }
    return words.filter((word) => locations.includes(word));
}
function inputs_repositoryUrl() {
    return urlInput({
        input: 'repository-url',
        fallback: `https://${ADOBE_HOST}/`,
        what: 'a Composer repository',
        credentials: '`public-key` and `private-key`',
        secrets: 'the keys',
    });
}
function workingDirectory(workspace) {
    const folder = (0,external_node_path_.resolve)(workspace, getInput('working-directory') || '.');
    if ((0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new InvalidInput('working-directory', 'names a folder that does not exist', 'Write the path of a folder that exists, relative to the workspace.', 'If the folder comes with the checkout, run the checkout step before this one.');
    }
    return folder;
}
function composerCommand() {
    const words = (getInput('composer-command') || 'install').split(/\s+/);
    const [name = '', ...options] = words[0] === 'composer' ? words.slice(1) : words;
    if ((name !== 'install' && name !== 'update') || options.some((option) => option !== '--no-dev')) {
        throw notTaken('composer-command', '`install` or `update`, each with or without `--no-dev`.');
    }
    // Composer reads the variable as PHP reads a boolean.
    return { name, dev: options.length === 0 && truthy(process.env.COMPOSER_NO_DEV) === undefined };
}
/**
 * Composer's own form of a package's name, so written that there is one way alone to read a name: the original takes
 * exponential time to see that a name is none. Source: composer-schema.json, `name`.
 */
const PACKAGE_NAME = /^[a-z0-9]+(?:[_.-][a-z0-9]+)*\/[a-z0-9]+(?:(?:[_.]|-{1,2})[a-z0-9]+)*$/;
function inputs_packages() {
    return getMultilineInput('packages').map((line) => {
        const [, name = '', constraint] = /^([^:=\s]+)(?:[:=]|\s+)?(.*)$/.exec(line) ?? [];
        if (!PACKAGE_NAME.test(name.toLowerCase()) ||
            (constraint !== '' && parseConstraint(constraint ?? '') === undefined)) {
            throw new InvalidInput('packages', 'has a line that does not name a package', 'Write one package per line, as `vendor/name` or `vendor/name:constraint`.');
        }
        return { name: name.toLowerCase(), constraint: constraint === '' ? undefined : constraint };
    });
}
function oneOf(input, fallback, words) {
    const value = getInput(input);
    if (value === '')
        return fallback;
    const word = words.find((candidate) => candidate === value.toLowerCase());
    if (word === undefined) {
        const list = words.map((candidate) => `\`${candidate}\``);
        throw notTaken(input, `${list.slice(0, -1).join(', ')} or ${list.at(-1)}.`);
    }
    return word;
}
/** A boolean as YAML 1.2 writes it, like the toolkit's own, whose message would be the only one of another form. */
function flag(input, fallback) {
    const value = getInput(input);
    if (value === '')
        return fallback;
    if (/^(?:true|True|TRUE)$/.test(value))
        return true;
    if (/^(?:false|False|FALSE)$/.test(value))
        return false;
    throw notTaken(input, '`true` or `false`.');
}
function number(input, fallback, takes, accepts) {
    const value = getInput(input);
    if (value === '')
        return fallback;
    const parsed = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!accepts(parsed))
        throw notTaken(input, takes);
    return parsed;
}

;// CONCATENATED MODULE: ./lib/workflow/event.js


/** GitHub's own limit for a webhook's payload is 25 MB. Bytes. */
const event_LONGEST = 32 * 1024 * 1024;
/**
 * Why this run may have no secrets, as far as its event tells. GitHub gives none to `pull_request` runs of forks, and
 * those of a store of their own to whatever Dependabot starts.
 *
 * Source of the rule: GitHub's documentation, "Using secrets in a workflow" and "Dependabot on GitHub Actions".
 */
function whySecretsMayBeMissing(env) {
    if (env.GITHUB_ACTOR === 'dependabot[bot]')
        return 'dependabot';
    const payload = readEvent(env.GITHUB_EVENT_PATH);
    if (field(payload, 'sender', 'login') === 'dependabot[bot]')
        return 'dependabot';
    // pull_request_target and workflow_run get secrets also for forks.
    const name = env.GITHUB_EVENT_NAME ?? '';
    if (name.startsWith('pull_request') && name !== 'pull_request_target') {
        const base = field(payload, 'pull_request', 'base', 'repo', 'full_name');
        const head = field(payload, 'pull_request', 'head', 'repo', 'full_name');
        // A head without a repository is a fork that was deleted.
        if (base !== undefined && head !== base)
            return 'fork';
    }
    // A run of the fork itself has the fork's own secrets, and none was copied into it.
    return field(payload, 'repository', 'fork') === true ? 'forked-repository' : 'unknown';
}
function readEvent(path) {
    if (path === undefined || path === '')
        return undefined;
    const file = (0,bounded_file/* readBounded */.CB)(path, event_LONGEST);
    const parsed = file.kind === 'bytes' ? json_parseJson(file.bytes) : undefined;
    return parsed?.kind === 'json' ? parsed.value : undefined;
}
function field(value, ...path) {
    return path.reduce((at, key) => (json_isJsonObject(at) ? at[key] : undefined), value);
}

;// CONCATENATED MODULE: ./lib/inputs/key-problems.js




/** Why the keys are missing, as far as the event and the workflow's own file tell. */
async function missingKeys(inputs, { missing, entries }, host, env) {
    return {
        ...NO_SERVER,
        code: 'keys-missing',
        missing,
        dollar: missing.some((input) => valueFor(inputs, input) === '$'),
        why: whySecretsMayBeMissing(env),
        host,
        url: packagesJsonUrl(inputs.repositoryUrl),
        others: entries.length > 0,
        ...(await sourceOf(inputs, missing, env)),
    };
}
/** What gives the keys away as something else, each with the line of the workflow. A token is one whatever it looks like. */
async function doubtfulKeys(inputs, { keys, from }, host, env) {
    if (keys === undefined || keys.password === 'bearer')
        return [];
    const shapes = malformedKeys(keys, host);
    const inComposerAuth = from === 'composer-auth';
    const all = inComposerAuth ? shapes : [...shapes, ...trimmedKeys(inputs.publicKey, inputs.privateKey, host)];
    return Promise.all(all.map(async (shape) => ({
        ...shape,
        inComposerAuth,
        ...(await sourceOf(inputs, inComposerAuth ? ['composer-auth'] : inputsOf(shape), env)),
    })));
}
function inputsOf({ input }) {
    return input === 'both' ? ['public-key', 'private-key'] : [input];
}
/** A problem that the credentials of the inputs cause, on the line of the workflow that sets them; others as they are. */
async function onLineOfInput(finding, inputs, env) {
    if (finding.code !== 'keys-rejected' && finding.code !== 'keys-swapped')
        return finding;
    const { from } = finding;
    if (from.from !== 'inputs' && from.from !== 'composer-auth')
        return finding;
    const names = from.from === 'inputs' ? ['public-key', 'private-key'] : ['composer-auth'];
    const { source, place = finding.place } = await sourceOf(inputs, names, env);
    return { ...finding, from: { ...from, source }, place };
}
/** What the workflow takes credentials from, and on which line. */
async function sourceOf(inputs, names, env) {
    // With a parser for YAML, which a run whose keys look well does not wait for.
    const { cameAs, findKeySource } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(50)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9050));
    const found = findKeySource(env, new Map(names.map((name) => [name, cameAs(valueFor(inputs, name))])));
    return { source: found?.source, place: found?.place };
}
function valueFor({ publicKey, privateKey, composerAuth }, input) {
    switch (input) {
        case 'public-key':
            return publicKey.value;
        case 'private-key':
            return privateKey.value;
        case 'composer-auth':
            return JSON.stringify(composerAuth);
    }
}

;// CONCATENATED MODULE: ./lib/report/documentation-link.js
/**
 * Where a problem code is documented, in the very version of this action that is running. Under a local `uses: ./` the
 * runner names no repository, and the path within the action's own repository has to do.
 */
function documentationLink(code, env) {
    const repository = env.GITHUB_ACTION_REPOSITORY ?? '';
    const ref = env.GITHUB_ACTION_REF ?? '';
    const path = `docs/problems.md#${code}`;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(ref))
        return path;
    return `https://github.com/${repository}/blob/${ref}/${path}`;
}

;// CONCATENATED MODULE: ./lib/report/job-site.js
const SELF_HOSTED = new Map([
    ['self-hosted', true],
    ['github-hosted', false],
]);
/** Where this job runs. Source: the variables `RUNNER_ENVIRONMENT` (`github-hosted` or `self-hosted`) and `GITHUB_WORKSPACE`. */
function jobSite({ RUNNER_ENVIRONMENT: kind, GITHUB_WORKSPACE: workspace, }) {
    return { selfHosted: SELF_HOSTED.get(kind ?? ''), workspace };
}

;// CONCATENATED MODULE: ./lib/report/location.js

/**
 * Where a finding stands, if that is a file of the workspace: GitHub shows no annotation on a file outside. The path is
 * relative to the workspace.
 */
function location_location({ place }, env) {
    const { path, position } = place ?? {};
    const file = path === undefined ? undefined : insideWorkspace(path, env.GITHUB_WORKSPACE);
    if (file === undefined)
        return {};
    return {
        file,
        ...(position === undefined ? {} : { startLine: position.line, startColumn: position.column }),
    };
}

;// CONCATENATED MODULE: ./lib/report/annotations.js







/** The runner keeps so many of each type per step. Source: `ExecutionContext.cs`, `_maxIssueCountPerType`. */
const MOST_PER_TYPE = 10;
/** The runner cuts a message after 4,096 characters, wherever that is. */
const LONGEST_MESSAGE = 3500;
/** As many names as the annotation lists that stands for those without room. */
const NAMED_IN_REST = 10;
/**
 * Writes one annotation per problem, the most severe first. Where there are more than the runner keeps, the last one names
 * the others.
 *
 * @returns the problems of which the annotations do not say everything
 */
function annotate(problems, { failOnError, jobSummary }, env) {
    const elsewhere = jobSummary ? 'the job summary' : 'the log of this step';
    const unsaid = [];
    const levels = grouped(problems, ({ severity }) => (severity === 'error' && !failOnError ? 'warning' : severity));
    for (const [level, all] of levels) {
        const shown = all.length > MOST_PER_TYPE ? all.slice(0, MOST_PER_TYPE - 1) : all;
        for (const problem of shown) {
            const { finding } = problem;
            const { text, shortened } = annotationText(finding, env, elsewhere);
            annotations_write(level, text, { title: explain(finding, jobSite(env)).title, ...location_location(finding, env) });
            if (shortened || finding.packages.length > NAMED_PACKAGES)
                unsaid.push({ problem, words: shortened });
        }
        const rest = all.slice(shown.length);
        if (rest.length > 0)
            annotations_write(level, restText(rest, env, elsewhere), { title: 'Further problems' });
        unsaid.push(...rest.map((problem) => ({ problem, words: true })));
    }
    return unsaid;
}
function annotations_write(level, message, properties) {
    if (level === 'error')
        error(message, properties);
    else if (level === 'notice')
        notice(message, properties);
    else
        core_warning(message, properties);
}
/** A problem's words as lines: cause, steps, who, and what Composer would say. */
function problemLines(finding, env) {
    const { cause, fix, who, composerSays } = explain(finding, jobSite(env));
    const steps = fix.length === 1 ? [`Fix: ${fix[0]}`] : fix.map((step, i) => `${i + 1}. ${step}`);
    return [
        cause,
        ...steps,
        `Who: ${who}`,
        ...(composerSays === undefined ? [] : [`Composer would say: ${composerSays}`]),
    ];
}
/** An annotation's message: as much of the words as it bears, and always the link. */
function annotationText(finding, env, elsewhere) {
    const lines = problemLines(finding, env);
    const more = `More: ${documentationLink(finding.code, env)}`;
    const whole = [...lines, more].join('\n');
    if (whole.length <= LONGEST_MESSAGE)
        return { text: whole, shortened: false };
    const end = `Shortened: ${elsewhere} has the rest.\n${more}`;
    return { text: `${cutAtLine(lines, LONGEST_MESSAGE - end.length)}${end}`, shortened: true };
}
/** As many whole lines as there is room for, of the next one whole sentences, each with a line break. */
function cutAtLine(lines, room) {
    let text = '';
    for (const line of lines) {
        if (text.length + line.length + 1 > room)
            return text + cutAtSentence(line, room - text.length - 1);
        text += `${line}\n`;
    }
    return text;
}
/** Whole sentences of a line, else whole words; nothing where not even one fits. */
function cutAtSentence(line, room) {
    const head = line.slice(0, Math.max(0, room));
    const sentences = /^.*[.!?](?=\s)/s.exec(head)?.[0];
    if (sentences !== undefined)
        return `${sentences}\n`;
    const space = head.lastIndexOf(' ');
    return space <= 0 ? '' : `${head.slice(0, space)} …\n`;
}
/** Names the problems for which the runner has no room: each title once, with how often and where. */
function restText(rest, env, elsewhere) {
    const titles = grouped(rest, ({ finding }) => explain(finding, jobSite(env)).title);
    const lines = [...titles].map(([title, all]) => {
        const names = [...new Set(all.flatMap(({ finding }) => subjectsOf(finding)))];
        const shown = names.slice(0, NAMED_IN_REST).join(', ');
        const further = names.length > NAMED_IN_REST ? ` and ${names.length - NAMED_IN_REST} more` : '';
        return `- ${title}${all.length > 1 ? ` (${all.length} times)` : ''}${shown === '' ? '' : `: ${shown}${further}`}`;
    });
    const start = `${rest.length} more: see ${elsewhere}. GitHub shows ten annotations of a kind.\n`;
    return start + cutAtLine(lines, LONGEST_MESSAGE - start.length).trimEnd();
}
/** What a problem is about: packages, else a host. */
function subjectsOf(finding) {
    if (finding.packages.length > 0)
        return finding.packages;
    return finding.host === undefined ? [] : [finding.host];
}

;// CONCATENATED MODULE: ./lib/report/log-details.js





/** A log is read by people: beyond so many names the output `packages-denied` serves better. */
const LONGEST_LIST = 1000;
/** No problem begins behind so many lines: a file of a pull request can bring thousands of them about. */
const MOST_LINES = 2000;
const log_details_NAME = { error: 'Error', warning: 'Warning', notice: 'Notice' };
/** Writes the problems of which the annotations could not say everything into the log, each folded, as long as there is room. */
function logDetails(unsaid, env) {
    let lines = 0;
    for (const [index, one] of unsaid.entries()) {
        if (lines > MOST_LINES) {
            info(`${unsaid.length - index} further problems are not listed here.`);
            return;
        }
        const details = one.words ? allOf(one.problem, env) : log_details_namesOf(one.problem.finding);
        startGroup(titleOf(one, env));
        for (const line of details)
            info(line);
        endGroup();
        lines += details.length;
    }
}
function titleOf({ problem: { finding, severity }, words }, env) {
    const { length } = finding.packages;
    const list = words || length < 2 ? '' : `: all ${length} packages`;
    return `${log_details_NAME[severity]}: ${explain(finding, jobSite(env)).title}${list}`;
}
function allOf({ finding }, env) {
    const names = log_details_namesOf(finding);
    return [
        ...problemLines(finding, env),
        ...(names.length === 0 ? [] : [`All ${finding.packages.length} packages:`]),
        ...names,
        `More: ${documentationLink(finding.code, env)}`,
    ];
}
/** All packages, where there are several. */
function log_details_namesOf({ packages }) {
    if (packages.length < 2)
        return [];
    const more = packages.length - LONGEST_LIST;
    return [
        ...packages.slice(0, LONGEST_LIST).map((name) => `  ${name}`),
        ...(more > 0 ? [`  and ${more} more: see the output packages-denied`] : []),
    ];
}

;// CONCATENATED MODULE: ./lib/bounds/fitting.js
/**
 * The texts of as many items, from the first on, as have room with a separator of one byte behind each. No text is made
 * of the others, of which there may be very many.
 */
function fitting(items, textOf, bytes) {
    const texts = [];
    let left = bytes;
    for (const item of items) {
        const text = textOf(item);
        left -= Buffer.byteLength(text) + 1;
        if (left < 0)
            break;
        texts.push(text);
    }
    return texts;
}

;// CONCATENATED MODULE: ./lib/report/outcome.js





/**
 * What `problems` and `packages-denied` may hold each. A step that takes one into its `env:` cannot be started with a
 * variable above 128 KiB on Linux, and a job's outputs must stay below 1 MB. Bytes.
 */
const ROOM = { output: 60 * 1024, packagesOfOne: 16 * 1024 };
/** Sets every output of the contract. Lists that are too long end early, and how much they lack is an output too. */
function setOutputs(outcome, env) {
    const { status, problems, httpStatus, authFiles, packagesChecked, packagesDenied, downloads } = outcome;
    const firstError = problems.find(({ severity }) => severity === 'error');
    setOutput('status', status);
    setOutput('problem', firstError?.finding.code ?? '');
    setList('problems', problems, (problem) => JSON.stringify(outcome_reported(problem, env)));
    setOutput('http-status', httpStatus ?? '');
    setOutput('auth-file', authFiles.join('\n'));
    setOutput('netrc-file', downloads?.netrcFile ?? '');
    setOutput('packages-checked', packagesChecked);
    setList('packages-denied', packagesDenied, (name) => JSON.stringify(name));
}
/** A list in JSON, as much of it as has room. */
function setList(name, items, jsonOf) {
    const shown = fitting(items, jsonOf, ROOM.output);
    setOutput(name, `[${shown.join(',')}]`);
    setOutput(`${name}-omitted`, items.length - shown.length);
}
function outcome_reported({ finding, severity }, env) {
    const { file, startLine } = location_location(finding, env);
    const { title, cause, fix } = explain(finding, jobSite(env));
    const packages = fitting(finding.packages, (name) => name, ROOM.packagesOfOne);
    const omitted = finding.packages.length - packages.length;
    return {
        code: finding.code,
        severity,
        host: finding.host ?? null,
        httpStatus: finding.status ?? null,
        file: file ?? null,
        line: startLine ?? null,
        packages,
        ...(omitted === 0 ? {} : { packagesOmitted: omitted }),
        title,
        message: [cause, ...fix].join(' '),
    };
}

;// CONCATENATED MODULE: ./lib/report/markdown.js
/**
 * GitHub-flavoured Markdown of texts that may quote anybody: file names, packages, constraints, a server's words. Out of
 * them come no markup and no link; what is linked are the words that we name here, and nothing else.
 */
function markdown_text(value, links = new Map()) {
    return value
        .split(/(`[^`\n]+`)/)
        .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : linked(part, [...links])))
        .join('')
        .replace(/^[-\d]/, reference);
}
/** A code span, in HTML: backticks and pipes in one of Markdown cannot be escaped everywhere. */
function code(value) {
    return `<code>${inert(value)}</code>`;
}
/** A link of ours; as code where it is no more than a path. */
function markdown_link(label, url) {
    return url.startsWith('https://') ? `[${label}](${url})` : code(url);
}
function linked(value, [first, ...others]) {
    if (first === undefined)
        return inert(value);
    const [words, url] = first;
    return value
        .split(words)
        .map((part) => linked(part, others))
        .join(`<a href="${url}">${inert(words)}</a>`);
}
/**
 * A text without any meaning to Markdown or HTML. References in place of characters do not keep the renderer from making
 * links of addresses, which it looks for afterwards: a `<wbr>` inside does, and it is where a long address may break.
 */
function inert(value) {
    return value
        .replace(/[^\p{L}\p{N} .,:;/()’“”–…%?'-]/gu, reference)
        .replace(/:(?=\/)/g, ':<wbr>')
        .replace(/\bwww(?=\.)/gi, '$&<wbr>')
        .replaceAll('&#64;', '&#64;<wbr>');
}
function reference(character) {
    return `&#${character.codePointAt(0)};`;
}

;// CONCATENATED MODULE: ./lib/report/downloads-summary.js

/** The first line for a run that was for downloads alone, and in which nothing is wrong. */
function downloadsHeading({ service }) {
    return service === 'accepts' ? 'The download token works' : 'The download token is in its netrc file (not checked)';
}
/** The row of the report that says what became of the credentials for downloads. */
function downloadsRow({ host, netrcFile, service }, cleanup) {
    const place = netrcFile === undefined
        ? 'not written'
        : `in ${code(netrcFile)}, ${cleanup ? 'removed after the job' : 'left there after the job (`cleanup: false`)'}`;
    return ['Downloads', `${code(host)} ${ANSWER[service]}; MAGEID and token ${place}`];
}
const ANSWER = {
    accepts: 'accepts the token',
    refuses: 'refuses the token',
    unconfirmed: 'did not say whether it accepts the token',
    'not-asked': 'was not asked',
};

;// CONCATENATED MODULE: ./lib/report/repository-links.js

/** The address of this repository on GitHub; undefined where the runner does not tell one. */
function repository_links_repositoryUrl({ GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: name = '', }) {
    if (!/^https:\/\/[\w.-]+(?::\d+)?$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(name))
        return undefined;
    return `${server}/${name}`;
}
/** Words of ours that lead to a page, those of this repository's settings included. */
function wordLinks(env) {
    const repository = repository_links_repositoryUrl(env);
    if (repository === undefined)
        return LINKS;
    const settings = `${repository}/settings/secrets`;
    return new Map([...LINKS, [SECRETS, `${settings}/actions`], [DEPENDABOT_SECRETS, `${settings}/dependabot`]]);
}
/** The address of a line of a file in the commit that runs; undefined where the runner does not tell the commit. */
function lineUrl(file, line, env) {
    const repository = repository_links_repositoryUrl(env);
    const commit = env.GITHUB_SHA ?? '';
    if (repository === undefined || !/^[0-9a-f]{40,64}$/.test(commit))
        return undefined;
    const path = file.split('/').map(encodeURIComponent).join('/');
    return `${repository}/blob/${commit}/${path}${line === undefined ? '' : `#L${line}`}`;
}

;// CONCATENATED MODULE: ./lib/report/summary.js









/** GitHub takes 1 MiB and drops a longer summary whole; the parts below stay under it together. Bytes. */
const summary_ROOM = { problems: 400 * 1024, further: 50 * 1024, packages: 400 * 1024 };
const MARK = { error: '❌', warning: '⚠️', notice: 'ℹ️' };
/** Vendors and hosts beyond these are counted. */
const NAMED_VENDORS = 8;
const NAMED_HOSTS = 20;
/** Writes the report to the job summary. A summary that cannot be written is not worth a failing step. */
async function writeSummary(outcome, facts, env) {
    if ((env.GITHUB_STEP_SUMMARY ?? '') === '')
        return;
    try {
        await summary.addRaw(summaryMarkdown(outcome, facts, env), true).write();
    }
    catch {
        core_debug('The job summary was not written: the file that GITHUB_STEP_SUMMARY names is missing or cannot be written.');
    }
}
/**
 * The report as GitHub-flavoured Markdown, below 1 MiB: first what is wrong and how to fix it, then the facts. Everything
 * that is not a fixed text of ours is escaped.
 */
function summaryMarkdown(outcome, facts, env) {
    const { problems, status } = outcome;
    const links = wordLinks(env);
    const alone = problems.length === 1;
    const shown = fitting(problems, (problem) => section(problem, alone, links, env), summary_ROOM.problems);
    const rest = problems.slice(shown.length);
    return [
        `### ${heading(outcome, facts, env)}`,
        '',
        ...(status === 'problems' && !facts.failOnError
            ? ['This step passes nevertheless, because of `fail-on-error: false`.', '']
            : []),
        ...(status === 'skipped' ? [whySkipped(facts), ''] : []),
        ...(problems.length > 1 ? overview(problems, env) : []),
        ...shown,
        ...folded(`${rest.length} further problems`, rest, (problem) => oneLineOf(problem, links, env), summary_ROOM.further),
        ...table(rows(outcome, facts)),
        ...everyPackage(problems),
    ].join('\n');
}
/** The first line, which is all that many read: the cause. */
function heading(outcome, { host }, env) {
    const { status, problems, asked, packagesChecked, forComposer, downloads } = outcome;
    if (status === 'skipped')
        return '⏭️ Magento Composer Auth: skipped, this run has no keys';
    const [first] = problems;
    if (first !== undefined) {
        const { title } = explain(first.finding, jobSite(env));
        const further = problems.length - 1;
        return `${MARK[first.severity]} ${title}${further === 0 ? '' : `, and ${further} further ${further === 1 ? 'problem' : 'problems'}`}`;
    }
    if (!forComposer && downloads !== undefined)
        return `✅ ${downloadsHeading(downloads)}`;
    if (!asked && packagesChecked === 0)
        return '✅ Composer has its credentials (not checked)';
    return packagesChecked > 0
        ? `✅ Composer can fetch what it needs: ${packagesChecked} ${packagesChecked === 1 ? 'package' : 'packages'} checked`
        : `✅ Composer can sign in to ${markdown_text(host ?? 'the repository')}`;
}
function whySkipped({ host }) {
    return `GitHub passed no keys for ${markdown_text(host ?? 'the repository')} to this run, as in pull requests from forks, and \`if-keys-missing\` allows that. Nothing was written and nothing was checked. Skip the steps that need the keys when the output \`status\` is \`skipped\`, or use a public mirror in such runs.`;
}
/** What the problems are about, one a line. */
function overview(problems, env) {
    const lines = fitting(problems, ({ finding, severity }) => `| ${MARK[severity]} ${explain(finding, jobSite(env)).title} | ${subject(finding)} |`, summary_ROOM.further);
    return ['| Problem | About |', '| :-- | :-- |', ...lines, ''];
}
/** Names and values, where there are any. The first of them is the head, which a table must have. */
function table(rows) {
    const [head, ...others] = rows.map(([name, value]) => `| ${name} | ${value} |`);
    return head === undefined ? [] : [head, '| :-- | :-- |', ...others, ''];
}
function rows(outcome, facts) {
    const { downloads, forComposer } = outcome;
    return [
        ...(forComposer ? composerRows(outcome, facts) : []),
        ...(downloads === undefined ? [] : [downloadsRow(downloads, facts.cleanup)]),
    ];
}
function composerRows(outcome, { host, cleanup }) {
    const { status, httpStatus, asked, packagesChecked, packagesDenied, editions, unchecked, noProject } = outcome;
    if (status === 'skipped' || host === undefined)
        return [];
    const rows = [
        ['Repository', `${code(host)}${asked ? `: packages.json answered ${httpStatus ?? 'nothing'}` : ', not asked'}`],
    ];
    if (editions !== undefined)
        rows.push(['This account sees', sees(editions)]);
    if (noProject !== undefined) {
        const checked = packagesChecked === 0 ? 'access was' : 'access and the input `packages` were';
        rows.push(['Project', `no composer.json in ${code(noProject)}: only ${checked} checked`]);
    }
    if (packagesChecked > 0) {
        const denied = packagesDenied.length === 0 ? '' : `, of which ${packagesDenied.length} cannot be fetched`;
        rows.push(['Packages checked', `${packagesChecked}${denied}`]);
    }
    if (unchecked.length > 0)
        rows.push(['Not checked', `${uncheckedHosts(unchecked)}: headers, a certificate or a token`]);
    rows.push(['Credentials', whereabouts(outcome, cleanup)]);
    return rows;
}
function uncheckedHosts(hosts) {
    const further = hosts.length > NAMED_HOSTS ? ` and ${hosts.length - NAMED_HOSTS} more` : '';
    return `${hosts.slice(0, NAMED_HOSTS).map(code).join(', ')}${further}`;
}
function whereabouts({ authFiles, exported }, cleanup) {
    const places = [...authFiles.map(code), ...(exported ? [`${code('COMPOSER_AUTH')} of the later steps`] : [])];
    if (places.length === 0)
        return 'not written';
    return `in ${places.join(', ')}, ${cleanup ? 'removed after the job' : 'left there after the job (`cleanup: false`)'}`;
}
function sees({ products, vendors }) {
    const total = vendors.reduce((sum, { packages }) => sum + packages, 0);
    const named = vendors.slice(0, NAMED_VENDORS).map(({ vendor, packages }) => `${code(vendor)} ${packages}`);
    const further = vendors.length > NAMED_VENDORS ? ` and ${vendors.length - NAMED_VENDORS} more` : '';
    const extensions = `${total === 0 ? 'no' : total} ${total === 1 ? 'package' : 'packages'} of other vendors`;
    return [
        products.length === 0 ? 'no Magento edition' : products.join(', '),
        total === 0 ? extensions : `${extensions} (${named.join(', ')}${further})`,
    ].join('; ');
}
/** @param alone the heading of the summary is this problem's title already */
function section({ finding, severity }, alone, links, env) {
    const { title, cause, fix, who, composerSays, background, evidence } = explain(finding, jobSite(env));
    return [
        ...(alone ? [] : [`#### ${MARK[severity]} ${title}${about(finding)}`, '']),
        `${markdown_text(cause, links)}${summary_placeOf(finding, env)}`,
        '',
        ...fix.map((step, index) => `${index + 1}. ${markdown_text(step, links)}`),
        '',
        `**Who:** ${markdown_text(who, links)}`,
        '',
        ...(composerSays === undefined ? [] : [`> Composer would say: ${code(composerSays)}`, '']),
        ...(background === undefined ? [] : [markdown_text(background, links), '']),
        ...(evidence === undefined ? [] : forTheRecords(evidence)),
        `More about ${markdown_link(code(finding.code), documentationLink(finding.code, env))}`,
        '',
    ].join('\n');
}
function summary_placeOf(finding, env) {
    const { file, startLine } = location_location(finding, env);
    if (file === undefined)
        return '';
    const words = `${code(file)}${startLine === undefined ? '' : `, line ${startLine}`}`;
    const url = lineUrl(file, startLine, env);
    return url === undefined ? ` (${words})` : ` (<a href="${url}">${words}</a>)`;
}
function forTheRecords(evidence) {
    return [
        '<details><summary>For the records of whoever runs network or server</summary>',
        '',
        ...table(evidence.map(({ name, value }) => [markdown_text(name), code(value)])),
        '</details>',
        '',
    ];
}
/** What a problem is about: its packages, else its host. */
function subject({ packages, host }) {
    const [first, ...others] = packages;
    if (first === undefined)
        return host === undefined ? '' : code(host);
    return `${code(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
/** What tells a problem from others with the same title. */
function about(finding) {
    return finding.packages.length === 0 ? '' : `: ${subject(finding)}`;
}
function oneLineOf({ finding, severity }, links, env) {
    const { title, cause } = explain(finding, jobSite(env));
    return `- ${MARK[severity]} ${title}: ${markdown_text(cause, links)}`;
}
/** Every package that a problem names, folded: the words of a problem name the first ones only. */
function everyPackage(problems) {
    const named = problems.flatMap(({ finding, severity }) => finding.packages.map((name) => ({ name, severity, about: finding.code })));
    const row = ({ name, severity, about }) => `| ${MARK[severity]} | ${code(name)} | ${code(about)} |`;
    if (named.length < 2)
        return [];
    return folded(`The ${named.length} packages that these problems are about`, named, row, summary_ROOM.packages, [
        '| | Package | Problem |',
        '| :-- | :-- | :-- |',
    ]);
}
/** Lines behind a title that opens them, as many as there is room for; nothing where there are none. */
function folded(title, items, lineOf, room, head = []) {
    if (items.length === 0)
        return [];
    const shown = fitting(items, lineOf, room);
    const part = shown.length < items.length ? ` (the first ${shown.length} are shown)` : '';
    return [`<details><summary>${title}${part}</summary>`, '', ...head, ...shown, '', '</details>', ''];
}

;// CONCATENATED MODULE: ./lib/report/report.js








/**
 * Says what a run came to: in annotations, the log, outputs and the job summary.
 *
 * @returns the exit status: 1 where there is an error that is to fail the step
 */
async function report(outcome, settings, env) {
    const { problems, status } = outcome;
    const { failOnError, jobSummary } = settings;
    const summarized = jobSummary === 'true' || (jobSummary === 'problems' && problems.length > 0);
    const unsaid = annotate(problems, { failOnError, jobSummary: summarized }, env);
    annotateNoProject(outcome, settings, env);
    logDetails(unsaid, env);
    writeOutputs(() => setOutputs(outcome, env));
    if (summarized)
        await writeSummary(outcome, settings, env);
    return status === 'problems' && failOnError ? 1 : 0;
}
/** What a run that found nothing wrong did not look at, since no composer.json was there. */
function annotateNoProject({ status, noProject, problems }, { packages }, env) {
    if (noProject === undefined || status !== 'ready' || problems.some(tellsNoProject))
        return;
    const { length } = packages;
    const named = length === 1 ? 'the package' : `the ${length} packages`;
    const checked = length === 0 ? 'only access was' : `only access and ${named} of the input \`packages\` were`;
    const fix = 'Fix: Set `working-directory` to its folder; if a later step creates it, nothing needs to be done.';
    const folder = noProject === env.GITHUB_WORKSPACE ? 'the workspace' : shownPath(noProject, jobSite(env));
    notice(`There is no composer.json in ${folder}, so ${checked} checked.\n${fix}`, {
        title: 'No composer.json, so no project was checked',
    });
}
/** Whether a problem says already that no composer.json is there. */
function tellsNoProject({ finding }) {
    return finding.code === 'credentials-missing' && finding.reason === 'not-read';
}

;// CONCATENATED MODULE: ./lib/step.js























/** What the step may take, whatever the inputs and the files of the project say; computing counts too. Milliseconds. */
const LONGEST_STEP = 180_000;
/**
 * The step: mask, read, write, ask, report.
 *
 * @returns the exit status: 1 when a problem is an error and `fail-on-error` is not off, or an input cannot be read
 */
async function step_run(env) {
    const deadline = openDeadline(LONGEST_STEP);
    const raw = readRawSecrets();
    maskGivenKeys(raw.publicKey, raw.privateKey);
    maskComposerAuth(raw.composerAuth);
    const forDownloads = readRawDownloadSecrets();
    maskDownloadCredentials(forDownloads.mageId, forDownloads.downloadToken);
    const urls = [raw.repositoryUrl, forDownloads.downloadUrl];
    maskAll([...proxySecrets(env), ...masksForValues(urls.flatMap(secretsInUrl))]);
    const inputs = step_read(() => readInputs(env.GITHUB_WORKSPACE || process.cwd()));
    if (inputs instanceof InvalidInput)
        return report(await withoutInputs(inputs, env), step_unread(), env);
    const host = originOf(inputs.repositoryUrl);
    const environment = { env, platform: process.platform, cwd: inputs.workingDirectory, isDirectory: step_isDirectory };
    const job = { inputs, host, environment, given: given(inputs, host), deadline };
    // At once, since all requests of a step have one limit of time.
    const [composer, downloads] = await Promise.all([
        composerPart(job),
        inputs.downloads && setUpDownloads(inputs.downloads, inputs, environment, surroundingsOf(environment)),
    ]);
    return report(withDownloads(composer, downloads), { ...inputs, host }, env);
}
/** Of inputs that cannot be read nothing is known: the step fails, and tells it wherever it may. */
function step_unread() {
    const jobSummary = step_read(readJobSummary);
    const summary = jobSummary instanceof InvalidInput ? 'true' : jobSummary;
    return { host: undefined, packages: [], failOnError: true, cleanup: true, jobSummary: summary };
}
function step_read(inputs) {
    try {
        return inputs();
    }
    catch (error) {
        if (error instanceof InvalidInput)
            return error;
        throw error;
    }
}
/** An input that cannot be read, on its line of the workflow: nothing is written, and nobody is asked. */
async function withoutInputs({ input, wrong, fix }, env) {
    const { inputLine } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(900)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2900));
    const finding = { ...NO_SERVER, code: 'input-invalid', input, wrong, fix, place: inputLine(env, input) };
    return { ...NOTHING, status: 'problems', problems: shown([{ finding, severity: 'error' }], NO_SECRETS) };
}
async function composerPart(job) {
    if (isForDownloadsAlone(job)) {
        say('No keys for Composer were handed over: this step is for downloads alone.');
        return { outcome: { ...NOTHING, forComposer: false, status: 'ready', problems: [] }, redaction: ofInputs(job) };
    }
    return mayDoWithout(job) ? withoutKeys(job) : withWhatIsGiven(job);
}
/** Whether a workflow wants nothing for Composer, but an archive or a patch. A lone dollar sign was meant as a key. */
function isForDownloadsAlone({ inputs: { publicKey, privateKey, composerAuth, downloads } }) {
    return downloads !== undefined && publicKey.value === '' && privateKey.value === '' && composerAuth.length === 0;
}
/** Where nothing else is read that holds secrets. */
function ofInputs({ inputs: { downloads }, environment: { env } }) {
    return redactionOf({ pairs: downloads === undefined ? [] : [downloads], values: proxySecrets(env) });
}
/** Whether this is a run without secrets, as those of forks are, and the workflow says that such a run is to pass. */
function mayDoWithout({ inputs, given: { missing } }) {
    return missing.length === 2 && inputs.ifKeysMissing !== 'error';
}
async function withoutKeys(job) {
    const { inputs, host, given, environment } = job;
    // Nothing else is secret that was not given, and no repository was asked that could repeat it.
    const redaction = ofInputs(job);
    const mode = `if-keys-missing: ${inputs.ifKeysMissing}`;
    say(`No keys for ${host} were handed over: nothing is written and nothing is checked (${mode}).`);
    const skipped = { ...NOTHING, status: 'skipped' };
    if (inputs.ifKeysMissing === 'ignore')
        return { outcome: { ...skipped, problems: [] }, redaction };
    const finding = await missingKeys(inputs, given, host, environment.env);
    return { outcome: { ...skipped, problems: shown([{ finding, severity: 'warning' }], redaction) }, redaction };
}
/**
 * Writes what the step was given, and asks what Composer will get with what it then holds. Missing keys are an error,
 * unless Composer can do without them: it holds others for the host, or nothing is needed from there.
 */
async function withWhatIsGiven(job) {
    const { inputs, host, environment, deadline } = job;
    const { missing, entries } = job.given;
    const doubts = missing.length > 0
        ? [await missingKeys(inputs, job.given, host, environment.env)]
        : await doubtfulKeys(inputs, job.given, host, environment.env);
    const written = await writeEverywhere(inputs, environment, entries);
    const found = [...doubts, ...written.findings];
    // After writing: Composer will read what stands there now.
    const unwritten = written.files.length === 0 && !written.exported;
    const check = openCheck(inputs, {
        ...written,
        entries,
        keysFrom: job.given.from,
        unwritten,
        known: written.findings,
        deadline,
    });
    maskSecrets(check.secrets.masked);
    const { redaction } = check;
    if (inputs.check === 'off') {
        return { outcome: notAsked([...found, ...(await check.filesAlone())], written, redaction), redaction };
    }
    const exposed = await exposures(written.files, environment);
    const results = await check.run();
    const verdicts = await Promise.all(results.map((result) => verdictOn([...found, ...exposed, ...result.findings], result, check)));
    const [result] = results;
    if (result === undefined)
        throw new Error('an check has a result');
    const unchecked = result.unchecked.map((origin) => shownText(origin, 'host', redaction));
    tell({ ...result, unchecked }, job, check.needsMain);
    // Weighed as it was found: what is cleaned for people may not say the same any more.
    const weighed = await Promise.all(agreed(verdicts).map(async ({ finding, severity }) => ({
        finding: await onLineOfInput(finding, inputs, environment.env),
        severity,
    })));
    const problems = shown(weighed, redaction);
    const outcome = {
        ...NOTHING,
        status: step_statusOf(problems),
        problems,
        httpStatus: result.httpStatus,
        asked: result.asked,
        authFiles: written.files,
        exported: written.exported,
        packagesChecked: result.checked.length,
        editions: result.editions,
        noProject: result.noProject,
        unchecked,
        packagesDenied: deniedIn(result.findings).map((name) => shownText(name, 'project', redaction)),
    };
    return { outcome, redaction };
}
/** What `check: off` comes to: inputs and files are judged, nothing is sent and no tool is run. */
function notAsked(findings, { files, exported }, redaction) {
    const circumstances = { version: undefined, mainAsked: false, composerManages: false };
    const problems = shown(weigh(findings, circumstances), redaction);
    return { ...NOTHING, status: step_statusOf(problems), problems, authFiles: files, exported };
}
function shown(problems, redaction) {
    return problems.map(({ finding, severity }) => ({ finding: harmless(finding, redaction), severity }));
}
/** Weighs what was found. Which Composer is installed is asked only where that changes the verdict. */
async function verdictOn(findings, { mainAsked, holdsMain }, check) {
    const version = dependsOnVersion(findings) ? await check.version() : undefined;
    return weigh(findings, { version, mainAsked, composerManages: holdsMain || !check.needsMain });
}
function tell({ asked, accepted, httpStatus, checked, leftOut, unchecked, unasked, findings }, { host, given }, needed) {
    const other = findings.some((finding) => finding.code === 'credentials-overridden' && finding.host === host);
    const what = other || given.from === 'composer-auth' ? 'the credentials that Composer uses' : 'the keys';
    if (accepted === 'without-any')
        say(`${host} wants no keys (HTTP ${httpStatus}).`);
    else if (accepted)
        say(`${host} accepts ${what} (HTTP ${httpStatus}).`);
    else if (!asked && !needed) {
        say(`Nothing that the coming command does needs ${host}, so it was not asked.`);
    }
    const why = 'Composer holds headers, a certificate or a token for it, which this action does not send.';
    for (const one of unchecked.slice(0, step_NAMED_HOSTS))
        say(`${one} was not checked: ${why}`);
    if (unchecked.length > step_NAMED_HOSTS)
        say(`${unchecked.length - step_NAMED_HOSTS} more hosts were not checked for the same reason.`);
    if (unasked > 0) {
        say(`${unasked} more requests than this action makes in a run would have been needed: what they ask for was not checked.`);
    }
    if (leftOut > 0)
        say(`The time of this step was up: ${leftOut} of the packages were not checked.`);
    if (checked.length > 0)
        say(`${checked.length} ${checked.length === 1 ? 'package' : 'packages'} checked.`);
}
function step_statusOf(problems) {
    return problems.some(({ severity }) => severity === 'error') ? 'problems' : 'ready';
}
/** The names that these keys cannot fetch, each once. */
function deniedIn(findings) {
    const denied = findings.flatMap((finding) => finding.code === 'package-denied' && finding.reason !== 'filtered' && !mayStillCome(finding)
        ? finding.packages
        : []);
    return [...new Set(denied)];
}
/** Hosts beyond these are counted. */
const step_NAMED_HOSTS = 20;
/** Nothing is secret that was not given, or is not read; nobody was asked, who could repeat it. */
const NO_SECRETS = redactionOf({ pairs: [], values: [] });
const NOTHING = {
    httpStatus: undefined,
    asked: false,
    authFiles: [],
    exported: false,
    packagesChecked: 0,
    packagesDenied: [],
    editions: undefined,
    noProject: undefined,
    unchecked: [],
    forComposer: true,
    downloads: undefined,
};
function step_isDirectory(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isDirectory();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/main.js



keepHeapSmall();
runProgram(() => step_run(process.env), reportCrash);


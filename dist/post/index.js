import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__ from "./left-out.js";
/******/ var __webpack_modules__ = ({

/***/ 807:
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
    const format_1 = __nccwpck_require__(612);
    const parser_1 = __nccwpck_require__(152);
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

/***/ 612:
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
    const scanner_1 = __nccwpck_require__(525);
    const string_intern_1 = __nccwpck_require__(579);
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

/***/ 152:
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
    const scanner_1 = __nccwpck_require__(525);
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

/***/ 525:
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

/***/ 579:
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

/***/ 547:
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
    const formatter = __nccwpck_require__(612);
    const edit = __nccwpck_require__(807);
    const scanner = __nccwpck_require__(525);
    const parser = __nccwpck_require__(152);
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
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
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
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
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
function utils_toCommandProperties(annotationProperties) {
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
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
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
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
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
;// CONCATENATED MODULE: external "./left-out.js"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const external_left_out_js_namespaceObject = x({  });
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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
const summary = (/* unused pure expression or super */ null && (_summary));
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
    const convertedVal = utils_toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', file_command_prepareKeyValueMessage(name, val));
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
function setSecret(secret) {
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
function core_getInput(name, options) {
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
    const inputs = core_getInput(name, options)
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
    const val = core_getInput(name, options);
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
function core_setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
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
    core_error(message);
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
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function core_error(message, properties = {}) {
    issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function core_warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function core_info(message) {
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
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
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
function core_saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
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
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(547);
;// CONCATENATED MODULE: ./lib/composer/json.js

/** A value as PHP's `(bool)` reads it. */
function json_isTruthy(value) {
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
        return { kind: 'invalid', problem: 'not-decodable', position: json_positionAt(text, tooDeep) };
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
function json_decodeJson(bytes) {
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
function json_positionAt(text, offset) {
    let [line, start] = [1, 0];
    // One after the other, and without an object for each: a hostile file has millions of lines.
    for (let at = 0; at < offset; at++) {
        const isBreak = text[at] === '\n' || (text[at] === '\r' && (text[at + 1] !== '\n' || at + 1 >= offset));
        if (!isBreak)
            continue;
        line++;
        start = at + 1;
    }
    return { line, column: offset - start + 1 };
}
/**
 * In one stretch of blanks, and in one string, jsonc-parser puts pieces together: each blank, and each escape with what stands
 * before it. Each takes some 32 bytes until the stretch ends.
 */
const MOST_PIECES = 500_000;
/** Whether jsonc-parser goes through a text in little memory; whoever wrote one where it does not gets no position. */
function isScannable(text) {
    let blanks = 0;
    let escapes = 0;
    for (let at = 0; at < text.length; at++) {
        const character = text[at];
        blanks = character === ' ' || character === '\t' ? blanks + 1 : 0;
        if (character === '"')
            escapes = 0;
        else if (character === '\\') {
            escapes++;
            at++;
        }
        if (blanks > MOST_PIECES || escapes > MOST_PIECES)
            return false;
    }
    return true;
}
/** The values of what is an array to PHP: a list, or an object whose keys do not matter. */
function json_valuesOf(value) {
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
    const position = json_positionAt(text, offset);
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
    if (!isScannable(text))
        return undefined;
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
    // Most of a text is in strings, so a mark is looked for, and not each letter at.
    for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
        let backslashes = 0;
        while (text[end - 1 - backslashes] === '\\')
            backslashes++;
        if (backslashes % 2 === 0)
            return end;
    }
    return text.length;
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
        sent: 'pair',
        pairIn: (entry) => tokenPair(entry, 'x-oauth-basic'),
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
        sent: 'pair',
        pairIn: (entry) => json_isJsonObject(entry)
            ? readHttpBasic({ username: entry.username ?? null, password: entry.token ?? '' })
            : undefined,
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
const auth_sections_AUTH_SECTIONS = new Map(Object.entries(SECTIONS));
/** Whether a key of auth.json holds credentials by origin, and not a setting. */
function isCredentialSection(key) {
    return auth_sections_AUTH_SECTIONS.has(key);
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

;// CONCATENATED MODULE: ./lib/composer/sealed-file.js
/** How each begins. Sources: the documentation of git-crypt, Git LFS, Ansible Vault, OpenPGP (RFC 9580) and age. */
const BEGINNINGS = [
    ['git-crypt', '\0GITCRYPT\0'],
    ['git-lfs', 'version https://git-lfs.github.com/spec/'],
    ['ansible-vault', '$ANSIBLE_VAULT;'],
    ['pgp', '-----BEGIN PGP MESSAGE-----'],
    ['age', 'age-encryption.org/'],
    ['age', '-----BEGIN AGE ENCRYPTED FILE-----'],
];
/** What stands in the place of a file's contents, told by its first bytes; undefined where that is nothing known. */
function sealOf(bytes) {
    const beginning = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
    return BEGINNINGS.find(([, text]) => beginning.startsWith(text))?.[0];
}

;// CONCATENATED MODULE: ./lib/composer/auth-json.js





/** What a new auth.json starts from. */
const EMPTY_AUTH_JSON = { kind: 'auth-json', text: '{}', data: {} };
/**
 * Reads auth.json as Composer does. `[]` counts as an empty object, there and in each section: PHP cannot tell the two
 * apart, and Composer wrote such files.
 */
function auth_json_readAuthJson(bytes) {
    const parsed = json_parseJson(bytes);
    if (parsed.kind === 'invalid') {
        return { kind: 'invalid', fault: { reason: parsed.problem, seal: sealOf(bytes) }, position: parsed.position };
    }
    const { text } = parsed;
    const data = objectOrEmptyArray(parsed.value);
    if (data === undefined) {
        const reason = Array.isArray(parsed.value) ? 'list' : 'not-an-object';
        return { kind: 'invalid', fault: { reason }, position: { line: 1, column: 1 } };
    }
    const listItem = Object.keys(data).find(isPhpInteger);
    if (listItem !== undefined) {
        return { kind: 'invalid', fault: { reason: 'numeric-key' }, position: auth_json_positionOf(text, [listItem]) };
    }
    return auth_json_invalidEntry(data, (path) => auth_json_positionOf(text, path)) ?? { kind: 'auth-json', text, data };
}
/**
 * The first credentials among settings at which Composer stops: those of an auth.json, or the `config` of another file.
 *
 * @param position where something stands, by its path below the settings
 */
function auth_json_invalidEntry(settings, position) {
    for (const [section, { loads, fields }] of auth_sections_AUTH_SECTIONS) {
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
    if (source.split('\n').some(({ length }) => length > LONGEST_LINE))
        return plainText(expected, formattingOptions);
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
    return plainText(expected, formattingOptions);
}
/**
 * jsonc-parser formats the whole line on which an edit stands, and copies the text for each token of it: minutes where
 * thousands of entries stand on one. Characters.
 */
const LONGEST_LINE = 32 * 1024;
/** Indented, what is nested deeply can become many times as long: on one line instead, it is no longer than it was. Characters. */
const LONGEST_INDENTED = 384 * 1024;
function plainText(data, { insertSpaces, tabSize }) {
    const indented = JSON.stringify(data, null, insertSpaces ? (tabSize ?? 4) : '\t');
    return `${indented.length > LONGEST_INDENTED ? JSON.stringify(data) : indented}\n`;
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
function auth_json_positionOf(text, path) {
    const root = auth_json_treeOf(text);
    const node = root && (0,main.findNodeAtLocation)(root, path);
    return node && json_positionAt(text, node.offset);
}
/** Of a text that is longer there is no tree: it takes many times the room. Characters. */
const LONGEST_TREE = 8 * 1024 * 1024;
/** The tree of a JSON text, in which positions are looked up. */
function auth_json_treeOf(text) {
    return text.length > LONGEST_TREE || !isScannable(text) ? undefined : (0,main.parseTree)(text);
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

;// CONCATENATED MODULE: ./lib/composer/environment.js
/**
 * The value of a variable as PHP's `if ($value)` sees it: `''` and `'0'` count as not set.
 * Source of the rule: `Platform::getEnv` and its callers in Composer's `Factory.php`.
 */
function environment_truthy(value) {
    return value === undefined || value === '' || value === '0' ? undefined : value;
}
/**
 * Expands a leading `~/`, `$VAR` or `%VAR%` as Composer does in its path settings (`Platform::expandPath`).
 * An unset variable expands to nothing.
 */
function environment_expandPath(path, { env, platform }) {
    const userDirectory = env.HOME ?? (platform === 'win32' ? env.USERPROFILE : undefined) ?? '';
    // `~\` is not expanded, on Windows neither.
    if (path.startsWith('~/'))
        return userDirectory + path.slice(1);
    const match = /^(?:\$(\w+)|%(\w+)%)(.*)$/s.exec(path);
    if (match === null)
        return path;
    const name = match[1] ?? match[2] ?? '';
    const value = platform === 'win32' && name === 'HOME' ? (environment_truthy(env.HOME) ?? env.USERPROFILE) : env[name];
    return (value ?? '') + (match[3] ?? '');
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./lib/problems/people.js
/** Who can take a step: a step that changes something never stands without the person who can change it. */
/** What has no file’s name; files are named before it. */
const NAMES = new Map([
    ['workflow', 'this workflow'],
    ['secrets', 'this repository’s secrets'],
]);
function namesOfEdited(edited) {
    const files = edited.filter((one) => !NAMES.has(one));
    const others = [...NAMES].flatMap(([one, name]) => (edited.includes(one) ? [name] : []));
    const names = [...new Set([...files, ...others])];
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
/** Whoever can edit all of it; without a full stop. */
function people_whoEdits(...edited) {
    return `Anyone who can edit ${namesOfEdited(edited)}`;
}
/** Somebody who has what the steps need, such as an account, with whoever can save it; without a full stop. */
function people_withEditors(person, ...edited) {
    return `${person}, with someone who can edit ${namesOfEdited(edited)}`;
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
const WORKFLOW_EDITOR = (/* unused pure expression or super */ null && (`${whoEdits('workflow', 'secrets')}.`));
/** Whoever can mend a secret that comes empty: nobody but an owner shares an organisation’s. */
const SECRETS_OWNERS = (/* unused pure expression or super */ null && (`${whoEdits('workflow', 'secrets')}; for an organisation’s secret, an owner of the organisation.`));
const PROJECT_EDITOR = (/* unused pure expression or super */ null && (`${whoEdits('composer.json')}.`));
const LICENCE_OWNER = (/* unused pure expression or super */ null && (`${withEditors('The primary contact of the MAGEID (the licence owner; only they can ask Adobe Commerce Support)', 'secrets')}.`));
/** Those who can do the other steps, where one step is to create new keys. */
function withNewKeys(who) {
    return `${who.slice(0, -1)}; for new credentials, the owner of the account.`;
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
const EDITS_WORKFLOW = people_whoEdits('workflow');
/** Where the address of a repository or an archive is written, and in which file. */
function addressAt(place) {
    const file = /[^\\/]+$/.exec(place?.path ?? '')?.[0];
    if (file === undefined || /\.ya?ml$/.test(file))
        return { where: '`repository-url`', file: 'workflow' };
    return { where: file.endsWith('.lock') ? 'the address at this line' : '`url` at this line', file };
}
/** A step that lets runs without secrets pass: later steps that need the keys would fail all the same. */
function skipWithoutKeys(steps) {
    return `set \`if-keys-missing: ignore\`, and skip ${steps} when the output \`status\` is \`skipped\`.`;
}
/** The start of a step that asks for a URL; as a command only where a shell takes it as it is. */
function askFor(url) {
    return /^https?:\/\/[\w.:/%-]+$/.test(url) ? `Run \`curl -iL ${url}\`` : 'Ask for the URL with `curl -iL`';
}
/** Who can change the keys for a host, and save them in `edited`. */
function keyOwner(host, ...edited) {
    const owner = isAdobe(host) ? 'The owner of the Marketplace account' : `Whoever holds the account at ${host}`;
    return `${withEditors(owner, ...edited)}.`;
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
            ? `Save the ${user} as \`username\` and the ${password} as \`password\` of ${host} in the secret for \`composer-auth\`.`
            : `Save the ${user} in the secret for \`public-key\` and the ${password} in the one for \`private-key\`.`,
    ];
}
/** As many characters of a file's name as a sentence bears. */
const LONGEST_NAME = 80;
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
    return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
/** Sentences as one text; empty ones are left out. */
function joined(sentences) {
    return sentences.filter((sentence) => sentence !== '').join(' ');
}
/** What may have gone by itself. */
const TRY_AGAIN = 'Run the job again: the trouble may have passed.';
/** What goes by itself, and is taken for wrong keys. */
const TRY_AGAIN_LATER = 'Run the job again later. Do not create new keys: this is not about the keys.';
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
function phrases_hostsOf(paths) {
    return namesOf([
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
function namesOf(packages) {
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
/** Composer's words for a package that it is to update and that only composer.lock has. Source: `DependencyResolver/Problem.php`. */
function onlyInLock(name, version) {
    return `found ${name}[${version}] in the lock file but not in remote repositories, make sure you avoid updating this package to keep the one from the lock file.`;
}
/** And for one that has other versions, which will not do. */
function notInstallable(name, versions, unstable) {
    const [they, are] = versions.length === 1 ? ['it does', 'is'] : ['these do', 'are'];
    return `found ${name}[${versions.toReversed().join(', ')}] but ${they} not match your ${unstable ? 'minimum-stability' : 'constraint'} and ${are} therefore not installable.`;
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

;// CONCATENATED MODULE: ./lib/credentials/lease.js





/** What stood in the place of an entry before this use wrote it. */
const STOOD = ['nothing', 'the same', 'another'];
/**
 * The system hands state to the post step in one variable, and starts no program with one of 128 KiB or more. With so
 * many fingerprints a state has some 40 KiB; what they do not cover the sidecar does.
 */
const MOST_FINGERPRINTS = 500;
const LONGEST_WORDS = 300;
/** A lease for credentials that are about to be written. */
function leaseFor(id, entries) {
    const salt = randomBytes(16).toString('hex');
    const words = hostsOf(entries.map(({ path }) => path));
    const hosts = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
    return { id, salt, fingerprints: fingerprintsOf(salt, entries), count: entries.length, hosts };
}
/** What stands in the places of entries, to be taken down before they are written. */
function lease_standing(file, entries) {
    return entries.slice(0, MOST_FINGERPRINTS).map(({ path, value }) => {
        const found = valueAt(file, path);
        if (found === undefined)
            return 'nothing';
        return isDeepStrictEqual(found, value) ? 'the same' : 'another';
    });
}
/** The entries of somebody else that stand in the places of these, and are secret as long as they do not: servers may know them. */
function lease_replacedBy(entries, file) {
    return entries.flatMap(({ path, value }) => {
        const found = valueAt(file, path);
        return found === undefined || isDeepStrictEqual(found, value) ? [] : [{ path, value: found }];
    });
}
/** Which of a lease's entries this is, by its place among the fingerprints; undefined for none of them. */
function leasedIndex({ salt, fingerprints }, entry) {
    const index = fingerprints.indexOf(fingerprint(salt, entry));
    return index === -1 ? undefined : index;
}
/** Whether these entries are the lease's: nobody can have made them up who does not know what was written. */
function isLeased({ salt, fingerprints, count }, entries) {
    return entries.length === count && (0,external_node_util_namespaceObject.isDeepStrictEqual)(fingerprintsOf(salt, entries), fingerprints);
}
/** A text as it may stand in a step's state: nobody can try keys out on it without the salt. */
function lease_saltedHash(salt, text) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(`${salt}\0${text}`).digest('hex');
}
function fingerprintsOf(salt, entries) {
    return entries.slice(0, MOST_FINGERPRINTS).map((entry) => fingerprint(salt, entry));
}
/** 64 bits: enough to tell entries of one file apart. */
function fingerprint(salt, { path, value }) {
    return lease_saltedHash(salt, canonical([...path, value])).slice(0, 16);
}
/** The same text for the same value, whatever the order of its keys: another program may have written it anew. */
function canonical(value) {
    return JSON.stringify(value, (_, item) => json_isJsonObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item);
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
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
function unwritable_file_guarded(path, operation) {
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
    const above = (0,external_node_path_namespaceObject.dirname)(path);
    return above === path || (0,external_node_fs_namespaceObject.existsSync)(above) ? above : inPlaceOfFolder(above);
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
const LARGEST_AUTH_FILE_TO_WRITE = (/* unused pure expression or super */ null && (256 * 1024));
/** Read and write for the owner, nothing for anybody else: as Composer creates its auth.json. */
const regular_file_PRIVATE = 0o600;
/**
 * Reads a file that must be a regular one; undefined when there is none. The last component is never followed when it
 * is a link: whoever may create a link in that folder could choose what gets overwritten.
 *
 * @throws UnwritableFile
 */
function readRegularFile(path, largest = LARGEST_FILE) {
    return patiently(() => {
        const stats = unwritable_file_guarded(path, () => external_node_fs_namespaceObject.lstatSync(path, { throwIfNoEntry: false }));
        if (stats === undefined)
            return undefined;
        refuseUnlessRegular(path, stats, largest);
        return unwritable_file_guarded(path, () => readOpened(path, largest));
    });
}
function readOpened(path, largest) {
    // The flags, not a look beforehand, are what holds against a swap in between: no link followed, no wait on a fifo.
    const noFollow = (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0) | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0);
    const descriptor = external_node_fs_namespaceObject.openSync(path, external_node_fs_namespaceObject.constants.O_RDONLY | noFollow);
    try {
        const opened = external_node_fs_namespaceObject.fstatSync(descriptor);
        refuseUnlessRegular(path, opened, largest);
        const { mode, uid, gid } = opened;
        return { bytes: external_node_fs_namespaceObject.readFileSync(descriptor), mode: mode & 0o777, uid, gid };
    }
    finally {
        external_node_fs_namespaceObject.closeSync(descriptor);
    }
}
/**
 * Whether anything stands there, links not followed.
 *
 * @throws UnwritableFile when that cannot be told, as in a folder that may not be searched
 */
function regular_file_isThere(path) {
    return unwritable_file_guarded(path, () => {
        try {
            return external_node_fs_namespaceObject.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
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
async function regular_file_replaceFile(path, replacement) {
    const temporary = (0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.dirname)(path), replacement.temporaryName);
    await removeFile(temporary);
    try {
        unwritable_file_guarded(path, () => writeNew(temporary, replacement));
        await patiently(() => unwritable_file_guarded(path, () => renameOver(temporary, path)));
    }
    catch (error) {
        try {
            await removeFile(temporary);
        }
        catch {
            // Why writing failed says more than why tidying up did.
        }
        throw error;
    }
}
function writeNew(path, { bytes, mode, owner }) {
    const flags = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_EXCL | (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0);
    const descriptor = external_node_fs_namespaceObject.openSync(path, flags, regular_file_PRIVATE);
    try {
        // Not left to the creation mode alone: a umask or a default ACL may change that.
        external_node_fs_namespaceObject.fchmodSync(descriptor, regular_file_PRIVATE);
        keepOwner(descriptor, owner);
        external_node_fs_namespaceObject.writeFileSync(descriptor, bytes);
        if (mode !== regular_file_PRIVATE)
            external_node_fs_namespaceObject.fchmodSync(descriptor, mode);
        external_node_fs_namespaceObject.fsyncSync(descriptor);
    }
    finally {
        external_node_fs_namespaceObject.closeSync(descriptor);
    }
}
/**
 * Removes a file, if it is there, and looks whether it is gone.
 *
 * Not by `rmSync`, which in Node 24.0 to 24.12 does nothing on Windows where a path holds other characters than ASCII's.
 *
 * @throws UnwritableFile
 */
function removeFile(path) {
    return patiently(() => {
        unwritable_file_guarded(path, () => {
            try {
                external_node_fs_namespaceObject.unlinkSync(path);
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
        external_node_fs_namespaceObject.renameSync(from, to);
    }
    catch (error) {
        const mode = process.platform === 'win32' ? modeOfReadOnly(to) : undefined;
        if (mode === undefined)
            throw error;
        // Windows replaces no file that is marked as read-only.
        external_node_fs_namespaceObject.chmodSync(to, mode | 0o200);
        try {
            external_node_fs_namespaceObject.renameSync(from, to);
        }
        catch (again) {
            external_node_fs_namespaceObject.chmodSync(to, mode);
            throw again;
        }
    }
}
function modeOfReadOnly(path) {
    const stats = external_node_fs_namespaceObject.lstatSync(path, { throwIfNoEntry: false });
    return stats?.isFile() && (stats.mode & 0o200) === 0 ? stats.mode & 0o777 : undefined;
}
function keepOwner(descriptor, owner) {
    if (owner === undefined)
        return;
    const { uid, gid } = external_node_fs_namespaceObject.fstatSync(descriptor);
    if (uid === owner.uid && gid === owner.gid)
        return;
    try {
        external_node_fs_namespaceObject.fchownSync(descriptor, owner.uid, owner.gid);
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
    return `${(0,external_node_path_namespaceObject.basename)(path)}.${ownerId}.tmp`;
}
/** Whether a name is one that `temporaryNameFor` made for this path, whoever the owner. */
function isTemporaryOf(path, name) {
    const start = `${(0,external_node_path_namespaceObject.basename)(path)}.`;
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
    const text = JSON.stringify(withValues(read, entries).data);
    const hashes = { found: saltedHash(salt, found ?? ''), exported: saltedHash(salt, text) };
    const variable = { saved: join(folder, savedName(id)), ...hashes, stood: standing(read, entries) };
    return { kind: 'merged', text, variable, replaced: replacedBy(entries, read) };
}
/** The name of the file in which a use keeps what the variable held. */
function savedName(id) {
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
        temporaryName: temporaryNameFor(saved, TEMPORARY),
    });
}
/**
 * Removes what was kept. Main may have been killed while it wrote that.
 *
 * @throws UnwritableFile
 */
async function forgetEnvironment({ saved }) {
    await removeFile(saved);
    await removeFile((0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.dirname)(saved), regular_file_temporaryNameFor(saved, TEMPORARY)));
}
const TEMPORARY = 'new';
/**
 * Takes our entries out of `COMPOSER_AUTH`. A variable cannot be unset, only emptied, which Composer takes for the same.
 *
 * @param current what the variable holds now
 */
async function restoredEnvironment(current, lease, variable) {
    const now = current ?? '';
    const hash = lease_saltedHash(lease.salt, now);
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
    if (lease_saltedHash(salt, '') === found)
        return '';
    try {
        // Of a text that counts as empty nothing is kept, and `0` is the other one.
        const text = (await readRegularFile(saved))?.bytes.toString() ?? '0';
        return lease_saltedHash(salt, text) === found ? text : undefined;
    }
    catch (error) {
        if (error instanceof unwritable_file_UnwritableFile)
            return undefined;
        throw error;
    }
}
function withoutOurs(read, before, lease, { stood }) {
    const old = before === undefined ? undefined : readVariable(before);
    const ours = auth_json_entriesOf(read).flatMap((entry) => {
        const index = leasedIndex(lease, entry);
        // What stood there already is the user's.
        return index === undefined || stood[index] === 'the same' ? [] : [{ path: entry.path, stood: stood[index] }];
    });
    if (ours.length === 0)
        return { kind: 'nothing-there' };
    const valueBefore = (path) => (old?.kind === 'auth-json' ? auth_json_valueAt(old, path) : undefined);
    const edited = auth_json_changes_withValues(read, ours.map(({ path }) => ({ path, value: valueBefore(path) })));
    const kept = before !== undefined;
    const lost = !kept && ours.some((entry) => entry.stood === 'another');
    return { kind: 'entries-removed', text: JSON.stringify(edited.data), kept, lost };
}
function readVariable(text) {
    const set = environment_truthy(text);
    return set === undefined ? EMPTY_AUTH_JSON : auth_json_readAuthJson(Buffer.from(set));
}

;// CONCATENATED MODULE: ./lib/bounds/bounded-file.js

/** An open file would make its terminal that of this process, and a pipe would wait for somebody to write. */
const FLAGS = external_node_fs_namespaceObject.constants.O_RDONLY | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0) | (external_node_fs_namespaceObject.constants.O_NOCTTY ?? 0);
/** Read at a time. Bytes. */
const CHUNK = 64 * 1024;
/**
 * Reads a file, links followed, as far as it is a regular one and no longer than `limit` bytes. How long it is shows when
 * it is read: files of procfs say that they are empty.
 */
function bounded_file_readBounded(path, limit) {
    return withRegularFile(path, (descriptor, size) => {
        if (size > limit)
            return { kind: 'too-large', limit };
        const chunks = [];
        let length = 0;
        // One byte more than it says it has, so that an ordinary file takes one turn.
        for (let room = size + 1;; room = CHUNK) {
            const chunk = Buffer.allocUnsafe(Math.min(room, limit + 1 - length));
            const read = external_node_fs_namespaceObject.readSync(descriptor, chunk, 0, chunk.length, null);
            if (read === 0)
                return { kind: 'bytes', bytes: bounded_file_joined(chunks, length) };
            chunks.push(chunk.subarray(0, read));
            length += read;
            if (length > limit)
                return { kind: 'too-large', limit };
        }
    });
}
/** One piece is not copied: a large file need not be in memory twice. */
function bounded_file_joined(chunks, length) {
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
            const read = fs.readSync(descriptor, buffer, 0, Math.min(buffer.length, size - taken + 1), null);
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
        const open = fs.opendirSync(folder);
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
        const descriptor = external_node_fs_namespaceObject.openSync(path, FLAGS);
        try {
            const found = external_node_fs_namespaceObject.fstatSync(descriptor);
            return found.isFile() ? work(descriptor, found.size) : { kind: 'not-a-file' };
        }
        finally {
            external_node_fs_namespaceObject.closeSync(descriptor);
        }
    }
    catch (error) {
        return { kind: 'unreadable', code: error instanceof Error && 'code' in error ? String(error.code) : '' };
    }
}
/** Undefined where nothing can be seen, which for PHP's `is_file` is no file either. */
function isRegular(path) {
    try {
        return external_node_fs_namespaceObject.statSync(path).isFile();
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/bounds/json-values.js
/** A file of a project that Composer writes, such as composer.lock: that of the largest shops has some megabytes, and some hundred thousand values. */
const json_values_WRITTEN_BY_COMPOSER = { bytes: 12 * 1024 * 1024, values: 500_000 };
/** One that people write, such as composer.json: the longest have some thousand values. */
const json_values_WRITTEN_BY_HAND = { bytes: 8 * 1024 * 1024, values: 30_000 };
/** Whether a JSON text has more values than that. */
function json_values_hasMoreValues(text, limit) {
    return text.length > limit && valuesIn(text, limit) > limit;
}
/** How many values a JSON text has, counted to one beyond a limit: each but the first stands behind a comma or a bracket. */
function valuesIn(text, limit) {
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
                break;
        }
    }
    return values;
}
const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./lib/bounds/memory.js


/** As much as may be read in between. Bytes. */
const LARGE = (/* unused pure expression or super */ null && (2 * 1024 * 1024));
let read = 0;
let collect;
/**
 * Has V8 collect what is no longer used before its heap has grown by a third, where it would wait for a multiple: a runner in
 * a container may have no room for that, and on a busy machine V8 comes to collecting later still. A step that finds
 * nothing large never comes so far.
 */
function keepHeapSmall() {
    setFlagsFromString('--optimize-for-size');
    // The part for young objects would grow to three times 16 MiB, and stay so.
    setFlagsFromString('--semi-space-growth-factor=1');
}
/**
 * Told of every document of a server before and after it is read, and of every file of a project before, has V8 collect what
 * is left of a large one, or of many small ones, at once.
 */
function memory_collectAfter(bytes) {
    read += bytes;
    if (read < LARGE)
        return;
    read = 0;
    collectNow();
}
/**
 * Has V8 collect at once: also to be called right before the process ends. A thread of V8 that compiles in the background and finds no room waits for the
 * main thread to collect; the main thread, once it exits, waits for all threads: the step would never end. Seen with Node
 * 24.21 in two of ten thousand steps, more often the less the heap may grow.
 */
function collectNow() {
    collect ??= collector();
    collect();
}
function collector() {
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--expose-gc');
    const found = (0,external_node_vm_namespaceObject.runInNewContext)('gc');
    return typeof found === 'function' ? () => found() : () => { };
}

;// CONCATENATED MODULE: ./lib/bounds/json-file.js



/** Reads a file that is to be parsed, as `readBounded` does: one with more values than its limits allow is too large as well. */
function json_file_readJsonFile(path, limits) {
    const file = readBounded(path, limits.bytes);
    if (file.kind !== 'bytes')
        return file;
    if (hasMoreValues(file.bytes, limits.values))
        return { kind: 'too-large', limit: limits.bytes };
    collectAfter(file.bytes.length);
    return file;
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
    versions: new Map(),
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
    return known.names.has(name.toLowerCase()) || known.patterns.some((pattern) => repositories_nameMatches(pattern, name));
}
/** Whether a package's name matches a pattern in which `*` stands for anything. Source: `BasePackage::packageNameToRegexp`. */
function repositories_nameMatches(pattern, name) {
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
    return URL.canParse(withScheme) ? repositories_withoutSlashesAtEnd(withScheme) : undefined;
}
/** By hand: a regular expression looks at a long row of slashes again from each of them. */
function repositories_withoutSlashesAtEnd(text, slashes = '/') {
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
    return address === undefined ? undefined : repositories_withoutSlashesAtEnd(address);
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
        ...(home === undefined ? [] : [settingsFile('home-config', resolve(home, 'config.json'))]),
        ...(home === undefined ? [] : [authFile('home-auth', resolve(home, 'auth.json'))]),
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
    let folder = dirname(manifest);
    try {
        folder = dirname(realpathSync(manifest));
    }
    catch {
        // No composer.json: Composer would read none of it, and a later one stands here.
    }
    return resolve(folder, 'auth.json');
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
    const node = root && findNodeAtLocation(root, inside);
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
    return { value: resolve(environment.cwd, expandPath(written, environment)), written, source };
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
        if (!isJsonObject(rules))
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
    return resolve(cwd, named === '' ? 'composer.json' : named);
}
/** composer.lock stands beside composer.json and takes its name from it. Source: `Factory::getLockFile`. */
function composerLockPath(environment) {
    const manifest = composerJsonPath(environment);
    return manifest.endsWith('.json') ? `${manifest.slice(0, -'.json'.length)}.lock` : `${manifest}.lock`;
}
/** A file that holds credentials alone; Composer asks `is_file`, so that a folder counts as none. */
function authFile(place, path) {
    const bytes = bytesOf(path, { ...WRITTEN_BY_COMPOSER, bytes: LARGEST_AUTH_FILE });
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
    const bytes = bytesOf(path, WRITTEN_BY_HAND);
    const parsed = bytes === undefined ? undefined : parseJson(bytes);
    if (parsed?.kind === 'invalid' && place === 'home-config') {
        const { problem: reason, position } = parsed;
        return {
            place,
            name: path,
            config: {},
            text: '',
            invalid: { kind: 'invalid', fault: { reason, seal: undefined }, position },
        };
    }
    if (parsed?.kind !== 'json' || !isJsonObject(parsed.value))
        return undefined;
    const { text } = parsed;
    const config = isJsonObject(parsed.value.config) ? parsed.value.config : {};
    const invalid = invalidEntry(config, (path) => positionOf(text, ['config', ...path]));
    return { place, name: path, config: invalid === undefined ? config : {}, text, invalid };
}
function bytesOf(path, limits) {
    const file = readJsonFile(path, limits);
    return file.kind === 'bytes' ? file.bytes : undefined;
}
function isConfigFile(file) {
    try {
        return statSync(file).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/text/secret-forms.js


/** A mask shorter than this would blot out ordinary words all over the job's log; such values are simply never printed. */
const secret_forms_SHORTEST_MASK = 8;
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
function secret_forms_masksFor(pair) {
    const joined = base64(`${pair.username}:${pair.password}`);
    return longEnough([...secretHalves(pair).flatMap(spellingsOf), joined, joined.replaceAll('/', '\\/')]);
}
/** What of an entry of auth.json nobody may see, as it stands there: passwords, tokens, passphrases, values of headers. */
function secretsOf({ path: [section, origin], value }) {
    return origin === undefined ? [] : (auth_sections_AUTH_SECTIONS.get(section)?.secretsIn(value) ?? []);
}
/** What the runner is to mask for one entry of auth.json: see `masksFor` and `secretsOf`. */
function masksForEntry(entry) {
    const pair = entry.path[0] === 'http-basic' ? readHttpBasic(entry.value) : undefined;
    if (pair !== undefined)
        return secret_forms_masksFor(pair);
    return secret_forms_masksForValues(secretsOf(entry));
}
/** What the runner is to mask for single secrets, such as tokens. */
function secret_forms_masksForValues(values) {
    return longEnough(values.flatMap(spellingsOf));
}
function longEnough(forms) {
    return [...new Set(forms)].filter((form) => form.length >= secret_forms_SHORTEST_MASK);
}
/** What of a value's base64 does not depend on its neighbours, for each of the three places at which it can begin. */
function inBase64(value) {
    if (value.length < secret_forms_SHORTEST_MASK)
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

;// CONCATENATED MODULE: ./lib/credentials/folder.js





/**
 * Creates a folder and its missing parents; returns those it created, outermost first.
 *
 * @throws UnwritableFile
 */
function createFolder(path) {
    if (unwritable_file_guarded(path, () => external_node_fs_namespaceObject.statSync(path, { throwIfNoEntry: false }))?.isDirectory())
        return [];
    const parent = (0,external_node_path_namespaceObject.dirname)(path);
    const created = parent === path ? [] : createFolder(parent);
    return unwritable_file_guarded(path, () => {
        try {
            external_node_fs_namespaceObject.mkdirSync(path);
            return [...created, path];
        }
        catch (error) {
            // Another job was faster: then the folder is its, not ours.
            if (codeOf(error) === 'EEXIST' && external_node_fs_namespaceObject.statSync(path, { throwIfNoEntry: false })?.isDirectory())
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
function folder_createPrivateFolder(path) {
    unwritable_file_guarded(path, () => {
        try {
            external_node_fs_namespaceObject.mkdirSync(path, 0o700);
        }
        catch (error) {
            if (codeOf(error) !== 'EEXIST')
                throw error;
        }
        // A link is no folder here.
        const stats = external_node_fs_namespaceObject.lstatSync(path);
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
            external_node_fs_namespaceObject.rmdirSync(folder);
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
    const stats = unwritable_file_guarded(path, () => external_node_fs_namespaceObject.lstatSync(path, { throwIfNoEntry: false }));
    if (stats === undefined)
        return;
    if (!stats.isDirectory())
        return removeFile(path);
    for (const name of unwritable_file_guarded(path, () => external_node_fs_namespaceObject.readdirSync(path)))
        await removeFile((0,external_node_path_namespaceObject.join)(path, name));
    await patiently(() => unwritable_file_guarded(path, () => external_node_fs_namespaceObject.rmdirSync(path)));
}
/**
 * The names in a folder; none where there is no folder.
 *
 * @throws UnwritableFile
 */
function folder_namesIn(folder) {
    return unwritable_file_guarded(folder, () => {
        try {
            return external_node_fs_namespaceObject.readdirSync(folder);
        }
        catch (error) {
            // A folder that may be searched but not listed can be written to all the same.
            if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES')
                return [];
            throw error;
        }
    });
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./lib/paths/as-on-disk.js


/**
 * A path with its names in the case that they have on disk, where a system takes every case for the same: GitHub matches
 * annotations with the names of the repository, and one file must have one name here. Links are not followed, and what
 * does not exist stays as it is written.
 *
 * @param path absolute
 * @param above a folder that stays as it is written, where the path is inside of it
 */
function as_on_disk_asOnDisk(path, above) {
    const inside = above === undefined ? '..' : relative(above, path);
    if (above !== undefined && !leadsOut(inside))
        return inFolder(above, inside);
    const { root } = parse(path);
    // A drive has no name on disk; Windows itself writes its letter as a capital.
    return inFolder(/^[a-z]:/.test(root) ? root.toUpperCase() : root, path.slice(root.length));
}
function leadsOut(way) {
    return way.split(sep)[0] === '..' || parse(way).root !== '';
}
function inFolder(folder, way) {
    return way.split(sep).reduce((at, name) => (name === '' ? at : named(at, name)), folder);
}
/** The path of a name in a folder, as the folder spells it. */
function named(folder, name) {
    const path = join(folder, name);
    try {
        return lstatSync(path).isSymbolicLink() ? path : join(folder, basename(realpathSync.native(path)));
    }
    catch {
        return path;
    }
}

;// CONCATENATED MODULE: ./lib/credentials/places.js






/** Folders of this job, as far as they decide where our own files may lie. */
function surroundingsOf({ env, cwd }) {
    return {
        workspace: env.GITHUB_WORKSPACE || process.cwd(),
        project: cwd,
        home: truthy(env.HOME) ?? truthy(env.USERPROFILE),
        temporary: env.RUNNER_TEMP || undefined,
    };
}
const NAME = 'magento-composer-auth';
/**
 * The path of the sidecar that goes with an auth.json: beside it, where every job finds it that shares the file. Nothing
 * of ours may lie about in a work tree, though, where a step could commit it: there it lies in a folder outside, under a
 * name made from the file's real path, so that every use of this action finds the same one.
 *
 * @param path where the auth.json is to be; need not exist
 */
function sidecarOf(path, surroundings) {
    const real = realPath(path);
    if (!isInWorkTree(dirname(real), surroundings))
        return `${real}.${NAME}`;
    return join(isInside(real, realFolder(surroundings.workspace)) ? places_privateFolder(surroundings) : sharedFolder(surroundings), nameFor(real));
}
/** Whether a path is one that `sidecarOf` may have made. A step's state can be somebody else's text. */
function isSidecarPath(path) {
    const name = (0,external_node_path_namespaceObject.basename)(path);
    return (0,external_node_path_namespaceObject.isAbsolute)(path) && (name === `auth.json.${NAME}` || new RegExp(`^${NAME}-[0-9a-f]{32}$`).test(name));
}
/**
 * A folder outside of every work tree for what this job alone must find again: the runner's temporary one, which the
 * runner empties before and after each job; elsewhere the one that all jobs of this user share.
 */
function places_privateFolder(surroundings) {
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
    const named = realFolder(tmpdir());
    const others = [SYSTEM_TEMPORARY, surroundings.temporary].filter((folder) => folder !== undefined).map(realFolder);
    const outside = [named, ...others].find((folder) => !isInWorkTree(folder, surroundings));
    return join(outside ?? named, user === undefined ? NAME : `${NAME}-${user}`);
}
/** Where no variable names another; on Windows variables alone do. */
const SYSTEM_TEMPORARY = process.platform === 'win32' ? undefined : '/tmp';
/** Whether a folder is one that jobs share, and must be closed to other users. */
function places_isSharedFolder(folder) {
    return new RegExp(`^${NAME}(-\\d+)?$`).test((0,external_node_path_namespaceObject.basename)(folder));
}
/**
 * Whether links in the checkout lead out of it on the way to an auth.json. They come with a commit, and a commit does not
 * say into which folder of the machine keys are written.
 *
 * @param named the path as settings or Composer's rules give it, links not followed
 * @param path where the auth.json is to be
 */
function places_leadsOut(named, path, { workspace, project }) {
    const checkout = isInside(named, workspace) ? workspace : workTreeOf(project);
    return checkout !== undefined && isInside(named, checkout) && !isInside(realPath(path), realFolder(checkout));
}
/** The path with all links of its folders followed, as far as they exist; the last component is never followed. */
function realPath(path) {
    return join(realFolder(dirname(path)), basename(path));
}
/** Whether git, or an upload of the checkout, would find a file there. By the file system alone: git is not started. */
function isInWorkTree(folder, { workspace, project, home }) {
    const holds = (checkout) => isInside(folder, realFolder(checkout));
    // A project in the home folder itself does not make everything in there part of it.
    const isHome = home !== undefined && isInside(realFolder(home), realFolder(project));
    return holds(workspace) || (holds(project) && !isHome) || workTreeOf(folder) !== undefined;
}
/** The nearest folder at or above one that holds a `.git`: a folder, or a file as in submodules and linked work trees. */
function workTreeOf(folder) {
    if (holdsRepository(folder))
        return folder;
    const parent = dirname(folder);
    return parent === folder ? undefined : workTreeOf(parent);
}
function holdsRepository(folder) {
    try {
        lstatSync(join(folder, '.git'));
        return true;
    }
    catch {
        // Not there; or nothing in that folder can be seen, by git neither.
        return false;
    }
}
function isInside(path, folder) {
    const way = relative(folder, path);
    return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
function nameFor(realPathOfFile) {
    return `${NAME}-${createHash('sha256').update(realPathOfFile).digest('hex').slice(0, 32)}`;
}
function realFolder(folder) {
    try {
        return asOnDisk(realpathSync(folder));
    }
    catch {
        const parent = dirname(folder);
        return parent === folder ? folder : join(realFolder(parent), basename(folder));
    }
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
    if (json_values_hasMoreValues(bytes, json_values_WRITTEN_BY_COMPOSER.values))
        return undefined;
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
    if (!isWithin(mode, 0o777) || !isWithin(uid, LARGEST_ID) || !isWithin(gid, LARGEST_ID))
        return undefined;
    if (kind === 'changed')
        return { kind, mode, uid, gid };
    return kind === 'bytes' && typeof bytes === 'string' ? { kind, bytes, mode, uid, gid } : undefined;
}
/** User and group ids are numbers of 32 bits. */
const LARGEST_ID = 2 ** 32 - 1;
function isWithin(value, largest) {
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
    const folder = (0,external_node_path_namespaceObject.dirname)(sidecar);
    if (!places_isSharedFolder(folder))
        return createFolder(folder);
    folder_createPrivateFolder(folder);
    return [];
}
/** The sidecar of an auth.json; undefined when there is none or it is not readable as one. @throws UnwritableFile */
async function loadSidecar(file) {
    const found = await readRegularFile(file.sidecar);
    const sidecar = found === undefined ? undefined : readSidecar(found.bytes);
    if (sidecar === undefined)
        return undefined;
    // Only what leads to the two files can have been made for them.
    const above = (folder) => [file.path, file.sidecar].some((path) => path.startsWith(folder + external_node_path_namespaceObject.sep));
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
    if (isThere(file.sidecar)) {
        const [sidecar, lock] = guarded(file.sidecar, () => [lstatSync(file.sidecar), lstatSync(file.lock)]);
        const open = (lock.mode & 0o777) === 0o700 && (sidecar.mode & 0o077) !== 0;
        if (sidecar.isFile() && (open || sidecar.uid !== lock.uid))
            throw new UnwritableFile(file.sidecar, 'not-ours');
    }
    return loadSidecar(file);
}
/** Writes the sidecar. @throws UnwritableFile */
async function storeSidecar(file, sidecar, ownerId) {
    await regular_file_replaceFile(file.sidecar, {
        bytes: writeSidecar(sidecar),
        mode: regular_file_PRIVATE,
        owner: undefined,
        temporaryName: regular_file_temporaryNameFor(file.sidecar, ownerId),
    });
}
/** Writes auth.json. @throws UnwritableFile */
async function storeAuthFile(file, contents, ownerId) {
    await regular_file_replaceFile(file.path, { ...contents, temporaryName: regular_file_temporaryNameFor(file.path, ownerId) });
}
/**
 * Removes what owners that were killed in the middle of writing left: files that hold keys. To be called under the lock:
 * then nobody is writing, and every such file is a dead owner's, whose post step may never come.
 *
 * @throws UnwritableFile
 */
async function removeTemporaries(file) {
    for (const path of [file.path, file.sidecar]) {
        const folder = (0,external_node_path_namespaceObject.dirname)(path);
        for (const name of folder_namesIn(folder))
            if (isTemporaryOf(path, name))
                await removeFile((0,external_node_path_namespaceObject.join)(folder, name));
    }
}
/** Whether a file that an owner was writing is still there. */
function hasTemporary(file, ownerId) {
    try {
        return [file.path, file.sidecar].some((path) => isThere(join(dirname(path), temporaryNameFor(path, ownerId))));
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

;// CONCATENATED MODULE: ./lib/credentials/file-lock.js








/** A lock is held for milliseconds; whoever holds one for longer than this was killed. Milliseconds. */
const ABANDONED_AFTER = 30_000;
/** Longer than an abandoned lock can stand in the way. Milliseconds. */
const GIVE_UP_AFTER = ABANDONED_AFTER + 10_000;
/** How long a lock must stand still before its date counts: dates are another clock's, or one's that was set. Milliseconds. */
const DATE_COUNTS_AFTER = 1000;
/** How far the clock of a file system may be ahead of ours. Milliseconds. */
const MOST_AHEAD = 5000;
/** An owner is named by a UUID; whoever may write there may have put anything in its place. Bytes. */
const LONGEST_OWNER = 64;
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
        external_node_fs_namespaceObject.writeFileSync((0,external_node_path_namespaceObject.join)(lock, 'owner'), ownerId, { mode: regular_file_PRIVATE });
    }
    catch {
        // A full disk may have room for a folder and none for a file; taking credentials away must work there all the same.
        // Without a name the lock holds as well: only, should this process be killed, it is abandoned no sooner than 30 s later.
    }
}
function tryCreate(folder) {
    return patiently(() => unwritable_file_guarded(folder, () => {
        try {
            external_node_fs_namespaceObject.mkdirSync(folder, 0o700);
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
        const stats = external_node_fs_namespaceObject.lstatSync(this.path, { throwIfNoEntry: false });
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
        const file = bounded_file_readBounded((0,external_node_path_namespaceObject.join)(this.path, 'owner'), LONGEST_OWNER);
        return file.kind === 'bytes' ? file.bytes.toString() : undefined;
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

;// CONCATENATED MODULE: ./lib/credentials/without-record.js






const NOTHING_LOST = { kind: 'record-lost', removed: false, lost: false, left: false };
/**
 * Without the sidecar nothing can be put back; but our entries can be told by their fingerprints, and must not stay. What
 * stood there before with the same value is the user's, and does.
 *
 * @param unreadable why the sidecar cannot be read, where it is there
 * @throws UnwritableFile
 */
async function takeAwayByFingerprints(file, lease, { stood }, unreadable) {
    const found = await readRegularFile(file.path, LARGEST_AUTH_FILE);
    if (found === undefined) {
        return unreadable === undefined ? { kind: 'nothing-there' } : { ...NOTHING_LOST, unreadable };
    }
    const current = auth_json_readAuthJson(found.bytes);
    if (current.kind === 'invalid')
        return { kind: 'invalid-now', holdsKey: 'unknown' };
    const ours = auth_json_entriesOf(current).flatMap((entry) => {
        const index = leasedIndex(lease, entry);
        return index === undefined ? [] : [{ path: entry.path, stood: stood?.[index] }];
    });
    const going = ours.filter((entry) => entry.stood === 'nothing' || entry.stood === 'another');
    const left = ours.some((entry) => entry.stood === undefined) || lease.count > lease.fingerprints.length;
    if (going.length === 0 && !left && unreadable === undefined)
        return { kind: 'nothing-there' };
    const wanted = auth_json_changes_withValues(current, going.map(({ path }) => ({ path })));
    if (going.length > 0) {
        await storeAuthFile(file, { bytes: wanted.text, mode: found.mode, owner: found }, lease.id);
    }
    const lost = going.some((entry) => entry.stood === 'another');
    return { kind: 'record-lost', removed: going.length > 0, lost, left, unreadable };
}

;// CONCATENATED MODULE: ./lib/credentials/take-away-credentials.js












/**
 * Takes the credentials of one use away and puts back what stood there, whatever happened in between: main killed at any
 * point, other uses, other jobs, other programs.
 *
 * The sidecar is obeyed where it names this use's id with this use's entries. Neither can anybody have made up who wrote
 * a file into a commit or a variable into the job.
 */
async function takeAwayCredentials(lease, leased) {
    const file = authFileAt(leased.path, leased.sidecar);
    try {
        // No folder, no credentials: main was killed before it wrote, or somebody removed Composer's home.
        if (![file.path, file.sidecar, file.lock].some(regular_file_isThere))
            return { kind: 'nothing-there' };
        const folders = sidecarFolder(file);
        // No place for a lock, so nobody else holds one.
        if (folders === undefined)
            return await takeAwayByFingerprints(file, lease, leased);
        const result = await withLock(file.lock, lease.id, () => takeAwayLocked(file, lease, leased, folders));
        // Only now: the lock stood in the folder.
        removeEmptyFolders(folders);
        return result;
    }
    catch (error) {
        if (error instanceof unwritable_file_UnwritableFile)
            return { kind: 'unwritable', failure: error };
        throw error;
    }
}
async function failureOf(work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        if (error instanceof unwritable_file_UnwritableFile)
            return error;
        throw error;
    }
}
/** Creates the sidecar's folder, which may be gone by now; undefined where that is not possible any more. */
function sidecarFolder(file) {
    try {
        return createSidecarFolder(file);
    }
    catch (error) {
        if (error instanceof unwritable_file_UnwritableFile)
            return undefined;
        throw error;
    }
}
async function takeAwayLocked(file, lease, leased, emptied) {
    const inTheWay = await failureOf(() => removeTemporaries(file));
    const result = await takeAway(file, lease, leased, emptied);
    // A file of ours that stays is said last: what can be taken away is by now.
    return inTheWay === undefined ? result : { kind: 'unwritable', failure: inTheWay };
}
async function takeAway(file, lease, leased, emptied) {
    let before;
    const unreadable = await failureOf(async () => {
        before = await loadSidecar(file);
    });
    const own = before?.owners.find(({ id }) => id === lease.id);
    if (before !== undefined && own === undefined)
        return { kind: 'nothing-there' };
    if (before === undefined || own === undefined || !isLeased(lease, own.entries)) {
        return takeAwayByFingerprints(file, lease, leased, unreadable);
    }
    const found = await readRegularFile(file.path, LARGEST_AUTH_FILE);
    const leaving = [lease.id, ...deadOwners(before, Date.now())];
    const after = withoutOwners(before, leaving);
    const last = after.owners.length === 0;
    await announce(file, own, withLeaving(before, leaving), after, found);
    const result = last ? await restore(file, own, before, after, found) : await leave(file, own, before, after, found);
    if (last) {
        await removeFile(file.sidecar);
        emptied.push(...before.folders);
    }
    return result;
}
/**
 * Says in the sidecar what is about to happen, since this process may be killed before it has happened: that these
 * owners will not be back, and which contents of auth.json will be ours. Without it the next use would take the owner
 * for a living one and give its entry back to the file.
 */
async function announce(file, own, leaving, after, found) {
    const current = found === undefined ? undefined : auth_json_readAuthJson(found.bytes);
    const ours = current?.kind === 'auth-json' && isUntouched(leaving, found);
    const known = ours ? [...leaving.known, contentHash(settled(current, leaving, after).text)] : leaving.known;
    try {
        await storeSidecar(file, { ...leaving, known }, own.id);
    }
    catch (error) {
        // A full disk: removing auth.json may work all the same.
        if (!(error instanceof unwritable_file_UnwritableFile))
            throw error;
    }
}
/** The last owner leaves: the first bytes come back, or, where others wrote too, our entry alone goes. */
async function restore(file, own, before, after, found) {
    const { first } = before;
    if (!isUntouched(before, found) || first.kind === 'changed')
        return edit(file, own, before, after, found);
    if (first.kind === 'absent') {
        await removeFile(file.path);
        return { kind: 'restored', existed: false };
    }
    const bytes = Buffer.from(first.bytes, 'base64');
    if (found === undefined || !found.bytes.equals(bytes) || found.mode !== first.mode) {
        await storeAuthFile(file, { bytes, mode: first.mode, owner: first }, own.id);
    }
    return { kind: 'restored', existed: true };
}
/** One of several owners leaves. */
async function leave(file, own, before, after, found) {
    const untouched = isUntouched(before, found);
    const result = await edit(file, own, before, after, found);
    const now = await readRegularFile(file.path, LARGEST_AUTH_FILE);
    // Contents that we made from what somebody else wrote must not count as ours: the first bytes would undo their work.
    const known = untouched && now !== undefined ? [contentHash(now.bytes)] : before.known;
    await storeSidecar(file, { ...after, known }, own.id);
    return result.kind === 'entry-removed' ? { kind: 'shared' } : result;
}
async function edit(file, own, before, after, found) {
    if (found === undefined)
        return { kind: 'replaced-by-others' };
    const current = auth_json_readAuthJson(found.bytes);
    if (current.kind === 'invalid') {
        const holdsKey = before.owners.some(({ entries }) => holdsSecret(found.bytes, entries));
        return { kind: 'invalid-now', holdsKey: holdsKey ? 'yes' : 'no' };
    }
    const ours = own.entries.some(({ path }) => isOwnersEntry(before, path, auth_json_valueAt(current, path)));
    const wanted = settled(current, before, after);
    const { first } = before;
    const last = after.owners.length === 0;
    // A file without anything of ours is another program's, and so is its mode: who made it 0600 meant it.
    const mode = last && ours && found.mode === regular_file_PRIVATE && first.kind !== 'absent' ? first.mode : found.mode;
    if (last && first.kind === 'absent' && holdsNothing(wanted.data))
        await removeFile(file.path);
    else if (wanted.text !== current.text || mode !== found.mode) {
        await storeAuthFile(file, { bytes: wanted.text, mode, owner: found }, own.id);
    }
    return { kind: ours ? 'entry-removed' : 'replaced-by-others' };
}
function holdsSecret(bytes, entries) {
    return entries.flatMap(secretsOf).some((secret) => secret !== '' && bytes.includes(secret));
}
function holdsNothing(data) {
    return (json_isJsonObject(data) &&
        Object.values(data).every((section) => json_isJsonObject(section) && Object.keys(section).length === 0));
}

;// CONCATENATED MODULE: ./lib/text/server-text.js

/** As much of a server's words as an annotation has room for. Characters. */
const LONGEST = 240;
/** repo.magento.com sends people to a page that is gone; every problem of ours has a link of its own. */
const STALE_ADVICE = / ?For instructions, visit https:\/\/devdocs\.magento\.com\S*/i;
/**
 * What a server says in an error answer, on one line. It may repeat what it was sent: `harmless` makes it fit to be shown.
 * Undefined when it says nothing to people.
 *
 * Composer prints the first two of these fields, and of an error without them the body as it stands; the others are
 * GitLab's and Artifactory's. Source: `CurlDownloader.php`, `HttpDownloader::outputWarnings`.
 */
function serverText(body) {
    // Error answers are small; what is not is no message.
    if (body.length > 64 * 1024)
        return undefined;
    const document = decodeJson(body);
    if (!isJsonObject(document))
        return undefined;
    const [first] = valuesOf(document.errors);
    const texts = [document.warning, document.info, document.message, document.error];
    const text = [...texts, isJsonObject(first) ? first.message : undefined].find((words) => typeof words === 'string');
    if (text === undefined)
        return undefined;
    const line = flattened(text).replace(STALE_ADVICE, '');
    return line === '' ? undefined : line;
}
/** A text that is on one line already, no longer than an annotation has room for. */
function shortened(line) {
    if (line.length <= LONGEST)
        return line;
    const characters = [...line.slice(0, 2 * LONGEST + 2)];
    return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : line;
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

;// CONCATENATED MODULE: ./lib/runner/say.js


/**
 * Writes one line into the log. Hosts and paths in it may be a pull request's: composer.json names repositories, and can
 * be a link into a folder whose name goes on over lines.
 */
function say(line) {
    core_info(flattened(line));
}

;// CONCATENATED MODULE: ./lib/downloads/netrc-file.js





/** Where a use keeps its netrc file: in a folder that the runner empties, outside of every work tree, by a random name. */
function newNetrcPath(surroundings) {
    return join(privateFolder(surroundings), `magento-composer-auth-${randomUUID()}.netrc`);
}
/** Whether a path is one that `newNetrcPath` may have made. A step's state can be somebody else's text. */
function isNetrcPath(path) {
    return (0,external_node_path_namespaceObject.isAbsolute)(path) && /^magento-composer-auth-[0-9a-f-]{36}\.netrc$/.test((0,external_node_path_namespaceObject.basename)(path));
}
/**
 * Writes a netrc file, mode 0600 from its first byte. To be called after its path is in the step's state: then the post
 * step finds it whatever happens to main.
 *
 * @throws UnwritableFile
 */
async function writeNetrcFile(path, text) {
    const folder = dirname(path);
    if (isSharedFolder(folder))
        createPrivateFolder(folder);
    await replaceFile(path, {
        bytes: text,
        mode: PRIVATE,
        owner: undefined,
        temporaryName: temporaryNameFor(path, netrc_file_TEMPORARY),
    });
}
/**
 * Removes a netrc file, and what is left of one where main was killed while it wrote it; whether any was there.
 *
 * @throws UnwritableFile
 */
async function removeNetrcFile(path) {
    const unfinished = (0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.dirname)(path), regular_file_temporaryNameFor(path, netrc_file_TEMPORARY));
    const found = regular_file_isThere(path) || regular_file_isThere(unfinished);
    await removeFile(path);
    await removeFile(unfinished);
    return found;
}
const netrc_file_TEMPORARY = 'new';

;// CONCATENATED MODULE: ./lib/downloads/take-away-netrc.js




/** Removes a netrc file after the job, and says what came of it. */
async function takeAwayNetrc(path) {
    try {
        const wasThere = await removeNetrcFile(path);
        say(wasThere ? `${path} is gone again.` : `${path} is not there (any more): nothing to remove.`);
    }
    catch (error) {
        if (!(error instanceof unwritable_file_UnwritableFile))
            throw error;
        core_warning(`The credentials for downloads may still be in ${path}, which cannot be removed (${error.message}). Remove it by hand on a self-hosted runner; a hosted one is thrown away with it.`, { title: 'The credentials for downloads could not be removed' });
    }
}

;// CONCATENATED MODULE: ./lib/composer/auth-schema.js



/**
 * The first place at which a document is not what Composer's schema allows, or at which it holds credentials that
 * Composer would pass over in silence. Other settings than credentials are let through, as Composer lets them.
 *
 * Source of the rule: composer-schema.json, `properties.config`; `Factory::validateJsonSchema`.
 */
function auth_schema_schemaViolation({ text, data }) {
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
        return { kind: 'section', section, position: auth_json_positionOf(text, [section]) };
    const wrong = Object.entries(value).find(([, entry]) => auth_sections_AUTH_SECTIONS.get(section)?.fits(entry) === false);
    return wrong && { kind: 'entry', section, position: auth_json_positionOf(text, [section, wrong[0]]) };
}
function settingViolation(text, key, value) {
    const isWrapper = key === 'config' && json_isJsonObject(value);
    if (!isWrapper && !looksLikeCredentials(key, value))
        return undefined;
    return { kind: isWrapper ? 'wrapped' : 'no-section', section: undefined, position: auth_json_positionOf(text, [key]) };
}
/** A host in the place of a section, or a section's name misspelt: `repo.magento.com`, `httpbasic`, `http_basic`. */
function looksLikeCredentials(key, value) {
    const letters = (text) => text.toLowerCase().replace(/[^a-z]/g, '');
    if ([...auth_sections_AUTH_SECTIONS.keys()].some((section) => letters(section) === letters(key)))
        return true;
    return json_isJsonObject(value) && ('password' in value || 'token' in value || holdsPairs(value));
}
function holdsPairs(value) {
    return Object.values(value).some((item) => json_isJsonObject(item) && 'password' in item);
}

;// CONCATENATED MODULE: ./lib/inputs/invalid-input.js
/** An input that cannot be read. Says what is wrong with it and what it takes, and never its value. */
class invalid_input_InvalidInput extends Error {
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
    return new invalid_input_InvalidInput(input, 'has a value that it does not take', `Set it to ${takes}`);
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
    const read = parseComposerAuth(raw);
    if (read.kind === 'invalid')
        throw refused(whyInvalid(read, raw));
    const notAllowed = whyNotAllowed(read);
    if (notAllowed !== undefined)
        throw refused(notAllowed);
    // `$schema` is for editors.
    return entriesOf(read).filter(({ path: [section] }) => !section.startsWith('$'));
}
/** The document as Composer would read it, but for what `toJSON` makes of a secret that is not there. */
function parseComposerAuth(raw) {
    const read = json_parseJson(Buffer.from(raw.trimEnd()));
    // Composer stops at `null` in the place of a text, which to the workflow is the same as an empty one.
    const text = read.kind === 'json' ? withEmptyTexts(read.text, read.value) : raw.trimEnd();
    return auth_json_readAuthJson(Buffer.from(text));
}
/** The text with `""` for each `null` that stands for a text in an entry, in as many characters. */
function withEmptyTexts(text, value) {
    if (!/\bnull\b/.test(text) || !json_isJsonObject(value))
        return text;
    const tree = auth_json_treeOf(text);
    const nulls = Object.keys(value).flatMap((section) => auth_sections_AUTH_SECTIONS.has(section) && tree !== undefined ? nullsIn((0,main.findNodeAtLocation)(tree, [section]), 0) : []);
    let edited = text;
    for (const offset of nulls)
        edited = `${edited.slice(0, offset)}""  ${edited.slice(offset + 'null'.length)}`;
    return edited;
}
/** Where `null` stands: in the place of an entry, of one of its fields, or of an item of its list. */
function nullsIn(node, depth) {
    if (node?.type === 'null')
        return depth > 0 ? [node.offset] : [];
    if (depth === MOST_LEVELS || (node?.type !== 'object' && node?.type !== 'array'))
        return [];
    return (node.children ?? []).flatMap((child) => nullsIn(child.type === 'property' ? child.children?.[1] : child, depth + 1));
}
/** An entry of a section, and what stands in that. */
const MOST_LEVELS = 2;
function refused({ wrong, fix }) {
    return new InvalidInput('composer-auth', wrong, ...fix);
}
const FORM = 'Pass JSON in the format of Composer’s auth.json, such as `{"http-basic": {"repo.example.com": {"username": "…", "password": "…"}}}`.';
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
                : { wrong: `is not JSON: it has single quotes instead of double quotes${at}`, fix: [FORM] };
        case 'trailing-comma':
            return {
                wrong: `is not JSON: it has an extra comma${at}`,
                fix: ['Remove that comma, and save the secret again.'],
            };
        case 'list':
            return { wrong: 'is a list, not an object', fix: [FORM] };
        case 'numeric-key':
            return { wrong: `has a number as a key${at}`, fix: [FORM] };
        case 'not-an-object':
            return raw.trimStart().startsWith('"')
                ? {
                    wrong: 'is a text in quotation marks, not JSON',
                    fix: ['Remove the quotation marks around it and the backslashes in it, and save the secret again.'],
                }
                : { wrong: `is JSON, but not an object${at}`, fix: [FORM] };
        case 'section':
        case 'entry':
            return formOf(fault.section, at);
        case 'not-decodable':
            return { wrong: `is nested too deeply or holds half of a character${at}`, fix: [FORM] };
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
            return { wrong: `is not JSON${at}`, fix: [FORM] };
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
            return formOf(violation.section, at);
    }
}
function formOf(section, at) {
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

;// CONCATENATED MODULE: ./lib/problems/problem.js
/** The facts of a finding in which no server and no package has a part. */
const problem_NO_SERVER = { host: undefined, status: undefined, packages: [] };
/** Of these nothing is known. */
const NOTHING_KNOWN = { version: undefined, composerManages: false, rejected: false };
/** For codes that credentials never, or always, decide. */
const never = () => false;
const always = () => true;

;// CONCATENATED MODULE: ./lib/inputs/key-shapes.js


/** Adobe promises this length for both halves, and nothing of the alphabet. Characters. */
const KEY_LENGTH = 32;
/** White space, control characters, and characters that nobody sees. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u;
const key_shapes_NAMES = {
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
function key_shapes_givenKey(raw) {
    const characters = [...raw];
    const start = characters.findIndex((character) => !BLANK.test(character));
    if (start === -1)
        return { value: '', cutOff: key_shapes_namesOf(characters) };
    const end = characters.findLastIndex((character) => !BLANK.test(character)) + 1;
    return {
        value: characters.slice(start, end).join(''),
        cutOff: key_shapes_namesOf([...characters.slice(0, start), ...characters.slice(end)]),
    };
}
/** Names of blank characters, each once. A name tells the code point where people may not know the character. */
function key_shapes_namesOf(characters) {
    const names = characters.map((character) => {
        const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        return key_shapes_NAMES[character] ?? `${kindOf(character)} (U+${code})`;
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
const SHAPES = (/* unused pure expression or super */ null && ([
    ['pem', /^-----BEGIN /],
    // Evaluated nowhere: braces, or the inside of an expression without them.
    ['expression', /\$\{\{|^\{\{[^"]*\}\}$|^(?:secrets|vars|env|inputs)\.[\w-]+$/],
    ['variable', /^\$(?:\{\w+\}|\(.*\)|env:\w+|(?![0-9A-F]{32}$)[A-Z_][A-Z0-9_]*)$|^%(?:\w+|env\([^()]*\))%$/],
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
]));
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
/** Signs that hold for credentials of any host, once it has refused them. */
function isTelling(shape) {
    return shape !== 'labelled';
}
/**
 * What gives a user name, a password or a token away as something else, for whichever host: less than of a key of Adobe's is
 * known of their form. Something to be said only beside a refusal.
 */
function shapeOfCredential(value) {
    const shape = SHAPES.find(([shape, pattern]) => isTelling(shape) && pattern.test(value))?.[0];
    if (shape !== undefined)
        return shape;
    if (/[\r\n]/.test(value))
        return 'line-break';
    return /^[^\s:/]+:[^\s:/]+$/.test(value) ? 'pair' : undefined;
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
    const blank = shape === 'inner-white-space' ? key_shapes_namesOf(characters.filter((character) => BLANK.test(character))) : [];
    return {
        ...NO_SERVER,
        code: 'keys-malformed',
        input,
        inComposerAuth: false,
        other: undefined,
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
    const pieces = [mageId, token].flatMap((raw) => raw.includes('://') ? secretsInUrl(raw) : textsIn(raw).flatMap((text) => [text, ...text.split(':')]));
    maskAll(masksForValues(pieces));
}
/**
 * Has the runner mask what is secret in the input `composer-auth`: of a document that Composer would accept what each
 * section keeps secret, of any other every text in it, since nobody knows which is what.
 */
function maskComposerAuth(raw) {
    const read = parseComposerAuth(raw);
    if (read.kind === 'auth-json' && auth_schema_schemaViolation(read) === undefined)
        maskAll(auth_json_entriesOf(read).flatMap(masksForEntry));
    else
        maskAll([
            ...textsIn(raw),
            ...textsIn(raw
                .trim()
                .replace(/^["']|["']$/g, '')
                .replaceAll('\\"', '"')),
        ]);
}
function masksOfPair({ username, password }) {
    // No form of a document as a whole: what is secret in it are its leaves.
    const document = isJson(password);
    return [
        ...masksFor({ username, password: document ? '' : password }).flatMap(textsIn),
        ...(document ? textsIn(password) : []),
        // A secret in the place of the public key is one all the same.
        ...(isJson(username) ? textsIn(username) : []),
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
        if (value.length < secret_forms_SHORTEST_MASK || told.has(value))
            continue;
        told.add(value);
        setSecret(value);
    }
}
/** What may be secret in a value: of a JSON document, sound or not, its texts; of all else its lines. */
function textsIn(value) {
    const { value: cut } = key_shapes_givenKey(value);
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
        const { value: cut } = key_shapes_givenKey(line);
        return cut.length < secret_forms_SHORTEST_MASK ? [] : [cut, line];
    });
}
function isJson(value) {
    return /^[{[]/.test(key_shapes_givenKey(value).value);
}
function leaves(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(leaves);
    return json_isJsonObject(value) ? Object.values(value).flatMap(leaves) : [];
}

;// CONCATENATED MODULE: ./lib/runner/environment-file.js



/**
 * Whether the runner takes variables from a file. Where it does not, the toolkit would print the value as a command for
 * the runner instead.
 */
function canExport({ GITHUB_ENV }) {
    return GITHUB_ENV !== undefined && GITHUB_ENV !== '' && (0,external_node_fs_namespaceObject.existsSync)(GITHUB_ENV);
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

;// CONCATENATED MODULE: ./lib/runner/runner-file.js


/** A file by which the runner takes outputs or state, and which cannot be written. */
class runner_file_UnwritableRunnerFile extends Error {
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
function runner_file_writeRunnerFile(variable, write) {
    const path = process.env[variable] ?? '';
    const before = sizeOf(path);
    try {
        write();
    }
    catch (cause) {
        if (before !== undefined)
            cutBack(path, before);
        throw new runner_file_UnwritableRunnerFile(variable, cause);
    }
}
/** Hands outputs over. Where the runner's file cannot be written a warning says so, and the step's verdict stands. */
function runner_file_writeOutputs(write) {
    try {
        runner_file_writeRunnerFile('GITHUB_OUTPUT', write);
    }
    catch (error) {
        if (!(error instanceof runner_file_UnwritableRunnerFile))
            throw error;
        warning(`The runner’s file for outputs, ${error.shown}, cannot be written: this step has no outputs. Free space on the disk of this runner.`, { title: 'The outputs could not be set' });
    }
}
function sizeOf(path) {
    return statSync(path, { throwIfNoEntry: false })?.size;
}
function cutBack(path, size) {
    try {
        truncateSync(path, size);
    }
    catch {
        // Then the runner says what it makes of it.
    }
}

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

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
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
    return url.startsWith('https:') ? `HTTP/2 ${status} ` : `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
}
/**
 * A regular expression, in what .NET and JavaScript have in common, for a line in which Composer says that a file of this host
 * answers 401, 403 or 404, or that its transfer broke. What it says is the first group, whatever stands before. Composer
 * breaks errors into lines as wide as the terminal, 80 characters where there is none: of a broken one nothing is found.
 *
 * Source of the texts: those of `composerFailureMessage`, and `Downloader/DownloadManager.php` for what stands in front.
 *
 * @param host as `URL.host` gives it
 */
function failure_message_failureLine(host) {
    const url = `https?://${host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/`;
    const refused = `The ['"]${url}[^'"]*['"] (?:URL|file) (?:required authentication|could not be (?:accessed|downloaded)) \\(HTTP(?:/[0-9.]+)? 40[134]\\b[^)]*\\)?`;
    const broken = `curl error \\d+ while downloading ${url}\\S*: .*\\S`;
    return `((?:Failed to download \\S+ from dist: )?(?:${refused}|${broken}))`;
}

;// CONCATENATED MODULE: ./lib/runner/problem-matcher.js










const STATE = 'problem_matcher';
const problem_matcher_NAME = 'magento-composer-auth-';
/** Longer names of hosts are none. */
const LONGEST_HOST = 253;
/**
 * In a job in a container this step is often root, and the runner outside is not: what it cannot read fails the step
 * (`ActionCommandManager.cs`). So everybody may read this file, which says what Composer's source code says.
 */
const READABLE = 0o644;
/**
 * Has the runner make annotations of Composer's own lines about the host of a repository, for the rest of the job. They are
 * warnings, since Composer prints such a line also where it then goes on. What stands in the way of it is a warning.
 *
 * To be called last: from then on the runner looks at every line that this process prints. It reads the file only in its own
 * temporary folder, whose path it translates where this process runs in a container.
 */
async function addProblemMatcher(repositoryUrl, { RUNNER_TEMP }) {
    const { host } = new URL(repositoryUrl);
    try {
        const matcher = { owner: ownerFor(host), path: newPath(RUNNER_TEMP) };
        // First: the post step finds the file whatever happens to this process.
        writeRunnerFile('GITHUB_STATE', () => saveState(STATE, matcher));
        write(matcher, failureLine(host));
        info(`::add-matcher::${escaped(matcher.path)}`);
    }
    catch (error) {
        if (!(error instanceof UnwritableFile || error instanceof UnwritableRunnerFile))
            throw error;
        const why = error instanceof UnwritableFile ? `${error.path}: ${error.message}` : error.shown;
        warning(`The problem matcher for ${host} cannot be written (${why}). Nothing else is different.`, {
            title: 'No problem matcher was registered',
        });
    }
}
/** The matcher that main announced; undefined for none. Where it announced none the text can be anybody's. */
function savedProblemMatcher() {
    const parsed = json_parseJson(Buffer.from(getState(STATE)));
    if (parsed.kind !== 'json' || !json_isJsonObject(parsed.value))
        return undefined;
    const { owner, path } = parsed.value;
    if (typeof owner !== 'string' || !OWNER.test(owner))
        return undefined;
    return typeof path === 'string' && (0,external_node_path_namespaceObject.isAbsolute)(path) && FILE.test((0,external_node_path_namespaceObject.basename)(path)) ? { owner, path } : undefined;
}
/** Has the runner forget a matcher, and removes its file. */
async function removeProblemMatcher({ owner, path }) {
    core_info(`::remove-matcher owner=${owner}::`);
    try {
        await removeFile(path);
    }
    catch (error) {
        if (!(error instanceof unwritable_file_UnwritableFile))
            throw error;
        say(`${path}, which holds no secret, cannot be removed (${error.message}).`);
    }
}
const OWNER = new RegExp(`^${problem_matcher_NAME}[a-z0-9._-]{1,${LONGEST_HOST}}$`);
const FILE = new RegExp(`^${problem_matcher_NAME}[0-9a-f-]{36}\\.matcher\\.json$`);
/** By host: the runner replaces a matcher by a later one of the same owner. */
function ownerFor(host) {
    return `${problem_matcher_NAME}${host.replace(/[^a-z0-9._-]/g, '_').slice(0, LONGEST_HOST)}`;
}
/** @throws UnwritableFile */
function newPath(temporary) {
    if (temporary === undefined || !isAbsolute(temporary))
        throw new UnwritableFile('RUNNER_TEMP', 'other');
    return join(temporary, `${problem_matcher_NAME}${randomUUID()}.matcher.json`);
}
/** @throws UnwritableFile */
function write({ owner, path }, regexp) {
    const document = { problemMatcher: [{ owner, severity: 'warning', pattern: [{ regexp, message: 1 }] }] };
    guarded(path, () => {
        // A new file, never through a link.
        fs.writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`, { flag: 'wx', mode: READABLE });
        // Whatever the umask says.
        fs.chmodSync(path, READABLE);
    });
}
/** As the runner reads what stands behind a command. Source: `ActionCommand.cs`. */
function escaped(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
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
    const exit = () => {
        collectNow();
        process.exit(exitStatus);
    };
    setTimeout(exit, LONGEST_FLUSH);
    process.stdout.write('', exit);
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
        warning(message, { title });
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
            message: `The runner’s file for state, ${cause.shown}, cannot be written, so this step stopped: its post step would not know what to remove. Free space on the disk of this runner.`,
            title: 'The state could not be saved',
        };
    }
    return {
        message: `Magento Composer Auth failed because of a defect of its own; please report it with these lines. ${anatomy(cause)}`,
        title: 'Magento Composer Auth failed unexpectedly',
    };
}
/** Cleaning up never fails a job that did its work. */
function reportPostCrash(cause) {
    core_warning(`The credentials may still be in auth.json: removing them failed because of a defect of this action. ${anatomy(cause)}`, {
        title: 'The credentials could not be removed',
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

;// CONCATENATED MODULE: ./lib/runner/state.js







/**
 * One name for all of it: the runner's own state beats a variable of the same name that another step set, so nothing of
 * this step's can be mixed with anything of that one's.
 */
const state_NAME = 'credentials';
/** Of files one use writes to `global`, `project` and `magento` at most. */
const MOST_FILES = 3;
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
    const parsed = json_parseJson(Buffer.from(getState(state_NAME)));
    if (parsed.kind !== 'json' || !json_isJsonObject(parsed.value))
        return undefined;
    const { files, variable } = parsed.value;
    const lease = readLease(parsed.value.lease);
    if (lease === undefined || !Array.isArray(files))
        return undefined;
    const read = files.slice(0, MOST_FILES).map(readFile);
    return { lease, files: read.filter((file) => file !== undefined), variable: state_readVariable(variable, lease) };
}
function readLease(value) {
    if (!json_isJsonObject(value))
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
    if (!json_isJsonObject(value))
        return undefined;
    const { path, sidecar, stood } = value;
    if (typeof path !== 'string' || !(0,external_node_path_namespaceObject.isAbsolute)(path) || (0,external_node_path_namespaceObject.basename)(path) !== 'auth.json')
        return undefined;
    if (typeof sidecar !== 'string' || !isSidecarPath(sidecar))
        return undefined;
    return { path, sidecar, stood: readStood(stood) };
}
function state_readVariable(value, { id }) {
    if (!json_isJsonObject(value))
        return undefined;
    const { saved, found, exported } = value;
    const stood = readStood(value.stood);
    if (typeof saved !== 'string' || !(0,external_node_path_namespaceObject.isAbsolute)(saved) || (0,external_node_path_namespaceObject.basename)(saved) !== savedName(id))
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

;// CONCATENATED MODULE: ./lib/post-step.js











/**
 * The post step: takes away what main wrote, from wherever it wrote it. Reads the state alone, and never fails the job.
 * Each place is cleaned whatever becomes of the others.
 */
async function cleanUp(env) {
    // First, so that none of the lines below is matched.
    const matcher = savedProblemMatcher();
    if (matcher !== undefined)
        await removeProblemMatcher(matcher).catch(reportPostCrash);
    const state = savedCredentialState();
    const netrc = savedNetrcPath();
    if (netrc !== undefined)
        await takeAwayNetrc(netrc).catch(reportPostCrash);
    if (state === undefined || (state.files.length === 0 && state.variable === undefined)) {
        if (netrc === undefined) {
            say('No credentials to remove: the step wrote none, or was told to leave them (cleanup: false).');
        }
        return 0;
    }
    const { lease, files, variable } = state;
    for (const file of files)
        await post_step_takeAway(lease, file).catch(reportPostCrash);
    if (variable !== undefined) {
        await emptyVariable(lease, variable, env).catch(reportPostCrash);
        await forgetKept(variable);
    }
    return 0;
}
async function post_step_takeAway(lease, file) {
    const { path } = file;
    const { hosts } = lease;
    const result = await takeAwayCredentials(lease, file);
    switch (result.kind) {
        case 'nothing-there':
            say(`The credentials for ${hosts} are not in ${path} (any more): nothing to remove.`);
            break;
        case 'restored':
            say(result.existed
                ? `${path} is again what it was without this step.`
                : `${path} is gone again: it did not exist before this step.`);
            break;
        case 'shared':
            say(`This step's credentials for ${hosts} are out of ${path}; another use of this action still needs the file.`);
            break;
        case 'entry-removed':
            say(`Another program changed ${path} meanwhile, so only what this step wrote for ${hosts} was taken out.`);
            break;
        case 'replaced-by-others':
            say(`Another program removed ${path} or replaced what this step wrote for ${hosts}; that was left as it is. setup-php with COMPOSER_AUTH_JSON does so, and belongs before this action.`);
            break;
        case 'invalid-now':
            core_warning(`Another program overwrote ${path} with something that is not a valid auth.json; it was left as it is.${HOLDS_KEY[result.holdsKey]}`, { title: 'auth.json was overwritten by another program' });
            break;
        case 'record-lost':
            tellLoss(result, lease, file);
            break;
        case 'unwritable':
            tellUnwritable(result, lease, file);
            break;
    }
}
const HOLDS_KEY = {
    yes: ' It still holds a key of this job: remove it.',
    no: '',
    unknown: ' It may still hold a key of this job: look at it, and remove it.',
};
const NOT_TAKEN_AWAY = { title: 'The credentials could not be removed' };
/** What the lost record means: in the log where nothing is missing or left, else in a warning. */
function tellLoss({ removed, lost, left, unreadable }, { hosts }, { path, sidecar }) {
    const record = unreadable === undefined ? 'is gone' : `cannot be read (${unreadable.message})`;
    const sentences = [
        `${sidecar}, the record of what stood in ${path} before this step, ${record}; another step of this job may have emptied its folder.`,
        removed ? `So only what this step wrote for ${hosts} was taken out.` : '',
        lost ? 'An entry that it had replaced there could not be put back: set it again.' : '',
        left ? `Credentials for ${hosts} may still be in ${path}, if they were not there before: look at it.` : '',
        unreadable === undefined ? '' : 'The record itself holds the credentials too: remove it by hand.',
    ];
    const text = sentences.filter((sentence) => sentence !== '').join(' ');
    if (left || unreadable !== undefined)
        core_warning(text, NOT_TAKEN_AWAY);
    else if (lost)
        core_warning(text, { title: 'An entry of auth.json could not be put back' });
    else
        say(text);
}
function tellUnwritable({ failure }, { hosts }, { path, sidecar }) {
    const where = failure.path === sidecar ? `${path} and ${sidecar}` : path;
    const why = failure.reason === 'locked'
        ? `${failure.path} stayed taken for 40 seconds. If no other job runs on this machine, remove that folder, as the user who owns it, and the credentials`
        : `${failure.path} cannot be changed (${failure.message}). Remove them`;
    core_warning(`The credentials for ${hosts} may still be in ${where}: ${why} by hand on a self-hosted runner; a hosted one is thrown away with them.`, NOT_TAKEN_AWAY);
}
async function emptyVariable(lease, variable, env) {
    const result = await restoredEnvironment(env.COMPOSER_AUTH, lease, variable);
    switch (result.kind) {
        case 'nothing-there':
            say("COMPOSER_AUTH holds nothing of this step's (any more).");
            return;
        case 'invalid-now':
            say('Another step made something else of COMPOSER_AUTH, which was left as it is.');
            return;
        case 'restored':
            if (!exported(result.text, env))
                return;
            say(result.text === '' ? 'COMPOSER_AUTH is empty again.' : 'COMPOSER_AUTH is again what it was before this step.');
            return;
        case 'entries-removed':
            if (!exported(result.text, env))
                return;
            tellEdited(result.kept, result.lost);
            if (lease.count > lease.fingerprints.length) {
                core_warning(`Credentials for ${lease.hosts} may still be in COMPOSER_AUTH: they are too many to tell all of them.`, NOT_TAKEN_AWAY);
            }
            return;
    }
}
function tellEdited(kept, lost) {
    if (kept) {
        say('Another step changed COMPOSER_AUTH meanwhile, so only what this step put there was taken out.');
        return;
    }
    const text = "What COMPOSER_AUTH held before this step was kept in the runner's temporary folder and is gone: another step of this job may have emptied it. So only what this step put there was taken out.";
    if (!lost)
        say(text);
    else
        core_warning(`${text} An entry that it had replaced could not be put back.`, {
            title: 'COMPOSER_AUTH is not what it was',
        });
}
/** Sets the variable for the steps that come; false, with a warning, where the runner takes none. */
function exported(text, env) {
    try {
        if (canExport(env)) {
            exportComposerAuth(text);
            return true;
        }
    }
    catch {
        // Its file is full, or is none: what the system says of it changes nothing.
    }
    core_warning('COMPOSER_AUTH could not be emptied: GITHUB_ENV cannot be written, so steps that run after this one still see the credentials.', NOT_TAKEN_AWAY);
    return false;
}
async function forgetKept(variable) {
    try {
        await forgetEnvironment(variable);
    }
    catch (error) {
        const why = error instanceof unwritable_file_UnwritableFile ? ` (${error.message})` : '';
        core_warning(`${variable.saved} may hold credentials that COMPOSER_AUTH held before this step, and cannot be removed${why}. Remove it by hand on a self-hosted runner.`, NOT_TAKEN_AWAY);
    }
}

;// CONCATENATED MODULE: ./lib/post.js


runProgram(() => cleanUp(process.env), reportPostCrash);


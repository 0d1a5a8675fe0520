import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__ from "./left-out.js";
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

/***/ 3898:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
module.exports = x({ ["ProxyAgent"]: () => (__WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__.ProxyAgent), ["httpOverHttp"]: () => (__WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__.httpOverHttp), ["httpOverHttps"]: () => (__WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__.httpOverHttps), ["httpsOverHttp"]: () => (__WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__.httpsOverHttp), ["httpsOverHttps"]: () => (__WEBPACK_EXTERNAL_MODULE__left_out_js_ffde74b9__.httpsOverHttps) });

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

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


/***/ }),

/***/ 3653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ openDeadline)
/* harmony export */ });
/* harmony import */ var node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(643);

/** A deadline so many milliseconds from now. */
function openDeadline(milliseconds) {
    const end = node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__.performance.now() + milliseconds;
    const left = () => Math.max(0, end - node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__.performance.now());
    return {
        left,
        passed: () => left() === 0,
        within: (further) => openDeadline(Math.min(further, left())),
    };
}


/***/ }),

/***/ 8118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ readJsonFile)
/* harmony export */ });
/* harmony import */ var _bounded_file_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5955);
/* harmony import */ var _json_values_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(210);
/* harmony import */ var _memory_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6372);



/** Reads a file that is to be parsed, as `readBounded` does: one with more values than its limits allow is too large as well. */
function readJsonFile(path, limits) {
    const file = (0,_bounded_file_js__WEBPACK_IMPORTED_MODULE_0__/* .readBounded */ .CB)(path, limits.bytes);
    if (file.kind !== 'bytes')
        return file;
    if ((0,_json_values_js__WEBPACK_IMPORTED_MODULE_1__/* .hasMoreValues */ .wn)(file.bytes, limits.values))
        return { kind: 'too-large', limit: limits.bytes };
    (0,_memory_js__WEBPACK_IMPORTED_MODULE_2__/* .collectAfter */ .J6)(file.bytes.length);
    return file;
}


/***/ }),

/***/ 210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hw: () => (/* binding */ WRITTEN_BY_COMPOSER),
/* harmony export */   aC: () => (/* binding */ valuesIn),
/* harmony export */   gH: () => (/* binding */ WRITTEN_BY_HAND),
/* harmony export */   wn: () => (/* binding */ hasMoreValues)
/* harmony export */ });
/** A file of a project that Composer writes, such as composer.lock: that of the largest shops has some megabytes, and some hundred thousand values. */
const WRITTEN_BY_COMPOSER = { bytes: 12 * 1024 * 1024, values: 500_000 };
/** One that people write, such as composer.json: the longest have some thousand values. */
const WRITTEN_BY_HAND = { bytes: 8 * 1024 * 1024, values: 30_000 };
/** Whether a JSON text has more values than that. */
function hasMoreValues(text, limit) {
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


/***/ }),

/***/ 6372:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  J6: () => (/* binding */ collectAfter),
  V3: () => (/* binding */ collectNow),
  p8: () => (/* binding */ keepHeapSmall)
});

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./lib/bounds/memory.js


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
    // The part for young objects would grow to three times 16 MiB, and stay so.
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--semi-space-growth-factor=1');
}
/**
 * Told of every document of a server before and after it is read, and of every file of a project before, has V8 collect what
 * is left of a large one, or of many small ones, at once.
 */
function collectAfter(bytes) {
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


/***/ }),

/***/ 667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ doubtfulCredentials),
/* harmony export */   p: () => (/* binding */ doubtfulByLookAlone)
/* harmony export */ });
/* harmony import */ var _inputs_key_shapes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7141);
/* harmony import */ var _problems_problem_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5799);


/** Words in the place of a password, which say what the user name is. */
const KINDS = ['bearer', 'private-token'];
/**
 * What Composer would send and what cannot be credentials by its look, wherever it comes from. Of other hosts than that of
 * the keys no form is known: these findings count only where the host refuses what it is sent.
 *
 * @param host the origin of the repository that the keys are for, of which the inputs have been looked at
 */
function doubtfulCredentials(held, fromOf, host) {
    return [...held].flatMap(([origin, one]) => {
        if (one.kind !== 'sent')
            return [];
        const { username, password, headers } = one.credentials;
        const isToken = KINDS.includes(password);
        if (headers !== undefined && !isToken)
            return [];
        const fields = isToken
            ? [['token', username]]
            : [['username', username], ['password', password]];
        const doubtful = fields.flatMap(([field, value]) => {
            const shape = (0,_inputs_key_shapes_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOfCredential */ .ur)(value);
            return shape === undefined ? [] : [{ field, shape, length: [...value].length }];
        });
        const from = doubtful.length === 0 ? undefined : fromOf(origin);
        if (from === undefined || (origin === host && from.from !== 'elsewhere'))
            return [];
        return doubtful.slice(0, 1).map(({ field, shape, length }) => ({
            ..._problems_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .NO_SERVER */ .QJ,
            code: 'keys-malformed',
            input: field === 'password' ? 'private-key' : 'public-key',
            inComposerAuth: from.from === 'composer-auth',
            other: { field, from },
            shape,
            length,
            characters: [],
            host: origin,
            source: undefined,
            rejectedAt: undefined,
            place: from.from === 'elsewhere' ? from.place : undefined,
        }));
    });
}
/** Shapes that hardly any password has; a dollar sign or a colon some have. */
const TELLING = [
    'expression',
    'variable',
    'placeholder',
    'masked',
    'quotes',
    'json',
    'pem',
    'line-break',
];
/** The same of what `composer-auth` gives, where no host is asked for its opinion: shapes that no credential has. */
function doubtfulByLookAlone(...given) {
    return doubtfulCredentials(...given)
        .filter(({ inComposerAuth, shape }) => inComposerAuth && TELLING.includes(shape))
        .map((finding) => ({ ...finding, unasked: true }));
}


/***/ }),

/***/ 4151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Vr: () => (/* binding */ heldBy),
/* harmony export */   aP: () => (/* binding */ withGiven),
/* harmony export */   ab: () => (/* binding */ heldByEachVersion),
/* harmony export */   ny: () => (/* binding */ givenBy)
/* harmony export */ });
/* harmony import */ var _collections_grouped_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8551);
/* harmony import */ var _composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9980);
/* harmony import */ var _composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3357);
/* harmony import */ var _composer_repositories_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4456);




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
        ...repositories.map(({ entry }) => (0,_composer_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .repositoryOrigin */ .jU)(entry)),
    ];
    return distinct(_composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .TELLING_VERSIONS */ .GD.map((version) => heldBy(version, sources, project)), (way) => {
        const held = withGiven(way, entries);
        return relevant.map((origin) => held.get(origin));
    });
}
/** What one version of Composer holds. */
function heldBy(version, sources, project) {
    const held = (0,_composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .effectiveCredentials */ .aY)(sources, version);
    const headersFrom = (0,_composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .onlyPlaceOfHeaders */ .T0)(sources, version);
    const way = { version, sources, held, headersFrom };
    // Credentials in a repository's URL count from the moment at which it is asked: a lock may be installed without that.
    if (project.command.fromLock && !(0,_composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .holds */ .v9)('readsRootOnInstall', version))
        return way;
    const opened = new Set();
    for (const { entry } of project.repositories) {
        if (entry.type !== 'composer')
            continue;
        const origin = (0,_composer_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .repositoryOrigin */ .jU)(entry);
        // Of two repositories at one host the first is asked first, and often alone; beside a lock all are asked, one after the other.
        const isLater = !project.command.fromLock && opened.has(origin);
        const credentials = isLater ? undefined : (0,_composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .credentialsInUrl */ .FB)(entry.url);
        opened.add(origin);
        const from = { by: 'url', name: project.manifest?.path ?? '', section: '', position: () => entry.position };
        if (credentials !== undefined)
            held.set(origin, { kind: 'sent', credentials, from });
    }
    return way;
}
/** What Composer holds, with the step's credentials for hosts of which it holds nothing, as if they stood where it looks. */
function withGiven(way, entries) {
    const { held, headersFrom } = way;
    // Given headers that are not held stand in a place that was replaced.
    const standing = headersFrom === undefined ? entries : entries.filter(({ path: [section] }) => section !== HEADERS);
    return new Map([...givenBy(standing, way), ...held]);
}
/** Of ways that come to the same the newest. */
function distinct(ways, relevant) {
    const kept = [];
    for (const way of ways) {
        const own = relevant(way);
        const known = kept.some(({ held }) => held.every((one, index) => (0,_composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .isSame */ .Ft)(one, own[index])));
        if (!known)
            kept.push({ way, held: own });
    }
    return kept.map(({ way }) => way);
}
/** What Composer would hold if no credentials but what the step was given stood where it looks. */
function givenBy(entries, { version, sources }) {
    const sections = (0,_collections_grouped_js__WEBPACK_IMPORTED_MODULE_3__/* .grouped */ .z)(entries, ({ path: [section] }) => section);
    const config = Object.fromEntries([...sections].map(([section, all]) => {
        const setting = all.findLast(({ path }) => path.length === 1);
        const origins = all.flatMap(({ path: [, origin], value }) => (origin === undefined ? [] : [[origin, value]]));
        return [section, setting === undefined ? Object.fromEntries(origins) : setting.value];
    }));
    const source = { place: 'environment', name: '', config, text: '', invalid: undefined };
    return (0,_composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .effectiveCredentials */ .aY)([source], version, [...sources, source]);
}


/***/ }),

/***/ 5327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ placeOf),
/* harmony export */   h: () => (/* binding */ sourceOfCredentials)
/* harmony export */ });
/* harmony import */ var _composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9980);
/* harmony import */ var _held_by_version_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4151);


/**
 * Where the credentials come from that are sent to a host.
 *
 * @param keysFrom which inputs the keys of this step come from
 * @param host the origin of the repository that those are for
 */
function sourceOfCredentials(entries, way, keysFrom, host) {
    const given = (0,_held_by_version_js__WEBPACK_IMPORTED_MODULE_1__/* .givenBy */ .ny)(entries, way);
    return (origin) => {
        const [own, used] = [given.get(origin), way.held.get(origin)];
        if (used !== undefined && (own === undefined || !(0,_composer_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .isSame */ .Ft)(own, used))) {
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


/***/ }),

/***/ 2972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  l: () => (/* binding */ describedIn),
  V: () => (/* binding */ pathPackages)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./lib/bounds/bounded-file.js
var bounded_file = __nccwpck_require__(5955);
// EXTERNAL MODULE: ./lib/bounds/json-values.js
var json_values = __nccwpck_require__(210);
// EXTERNAL MODULE: ./lib/bounds/memory.js + 2 modules
var memory = __nccwpck_require__(6372);
// EXTERNAL MODULE: ./lib/collections/grouped.js
var grouped = __nccwpck_require__(8551);
// EXTERNAL MODULE: ./lib/composer/json.js
var json = __nccwpck_require__(3206);
// EXTERNAL MODULE: ./lib/composer/link.js
var composer_link = __nccwpck_require__(5056);
;// CONCATENATED MODULE: ./lib/check/resolved/folder-patterns.js

/** As many patterns as braces may come to, and characters that one may have: it is a pull request's text. */
const MOST_PATTERNS = 100;
const LONGEST_PATTERN = 1000;
/**
 * The paths that a pattern means, as PHP's `glob` finds them with `GLOB_BRACE`: `*` and `?` in any part of it, braces with
 * commas. Undefined where that cannot be told. What stands in it without a wildcard need not be there.
 *
 * Source of the rule: `PathRepository::getUrlMatches`.
 */
function matchingPaths(pattern, namesIn) {
    // A class of characters is rare, and read in several ways.
    if (pattern.length > LONGEST_PATTERN || pattern.includes('['))
        return undefined;
    const patterns = withoutBraces(pattern);
    const paths = patterns?.map((one) => pathsOf(one, namesIn));
    if (paths === undefined || paths.includes(undefined))
        return undefined;
    return [...new Set(paths.flatMap((found) => found ?? []))];
}
/** A pattern for each choice that braces give, the innermost first; undefined for too many. */
function withoutBraces(pattern) {
    let open = [pattern];
    for (;;) {
        const next = open.flatMap((one) => {
            const [whole, choices] = /\{([^{}]*)\}/.exec(one) ?? [];
            return whole === undefined || choices === undefined
                ? [one]
                : choices.split(',').map((choice) => one.replace(whole, () => choice));
        });
        if (next.length > MOST_PATTERNS)
            return undefined;
        if (next.every((one, index) => one === open[index]))
            return next;
        open = next;
    }
}
function pathsOf(pattern, namesIn) {
    if (!isPattern(pattern))
        return [pattern];
    const parents = pathsOf((0,external_node_path_.dirname)(pattern), namesIn);
    const last = (0,external_node_path_.basename)(pattern);
    if (!isPattern(last))
        return parents?.map((parent) => (0,external_node_path_.join)(parent, last));
    const found = parents?.map((parent) => namesIn(parent)
        ?.filter((name) => matches(last, name))
        .map((name) => (0,external_node_path_.join)(parent, name)));
    return found === undefined || found.includes(undefined) ? undefined : found.flatMap((paths) => paths ?? []);
}
function isPattern(text) {
    return /[*?]/.test(text);
}
/** Whether a name matches; one that begins with a dot is matched by a dot alone. By hand: many `*` take a regular expression ages. */
function matches(pattern, name) {
    if (name.startsWith('.') && !pattern.startsWith('.'))
        return false;
    let [at, from] = [0, 0];
    let star;
    while (at < name.length) {
        if (pattern[from] === '*') {
            star = { pattern: from, name: at };
            from++;
        }
        else if (pattern[from] === '?' || pattern[from] === name[at]) {
            from++;
            at++;
        }
        else if (star !== undefined) {
            star.name++;
            at = star.name;
            from = star.pattern + 1;
        }
        else
            return false;
    }
    return /^\**$/.test(pattern.slice(from));
}

;// CONCATENATED MODULE: ./lib/check/resolved/path-packages.js









/** Folders that are looked into, all repositories together. */
const MOST_FOLDERS = 20_000;
/** Names that are compared with patterns, all together: links can lead to one large folder by as many names as there are patterns. */
const MOST_COMPARED = 100_000;
/** What is read in them, all together. Bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** What is kept of a package's composer.json, and of its `extra`: all else in it may be megabytes. */
const KEPT = ['name', 'version', 'require', 'replace', 'provide', 'default-branch', 'non-feature-branches'];
const KEPT_OF_EXTRA = ['branch-alias'];
/** Source of the rule: `PathRepository.php`. */
function pathPackages(deadline) {
    const known = new Map();
    const manifests = new Map();
    const listings = new Map();
    let bytes = 0;
    let values = 0;
    let compared = 0;
    const namesOf = (parent) => {
        if (compared >= MOST_COMPARED || deadline.passed())
            return undefined;
        if (!listings.has(parent)) {
            const found = (0,bounded_file/* namesIn */.wX)(parent, MOST_FOLDERS);
            // A folder that is not there has no packages; one that has too many may have any.
            listings.set(parent, found?.complete === false ? undefined : (found?.names ?? []));
        }
        const names = listings.get(parent);
        compared += names?.length ?? MOST_FOLDERS;
        return names;
    };
    const manifestIn = (folder) => {
        const known = manifests.get(folder);
        if (known !== undefined)
            return known;
        const isEnough = manifests.size >= MOST_FOLDERS || bytes >= MOST_BYTES || values >= json_values/* WRITTEN_BY_COMPOSER */.Hw.values;
        if (isEnough || deadline.passed())
            return 'unknown';
        const read = readManifest(folder);
        bytes += read.bytes;
        values += read.values;
        manifests.set(folder, read.manifest);
        return read.manifest;
    };
    const packagesOf = (pattern) => {
        const folders = matchingPaths(pattern, namesOf)?.filter(isFolder);
        if (folders?.length === 0 && !isFolder(withoutWildcards(pattern)))
            return 'missing';
        const packages = [];
        for (const folder of folders ?? []) {
            const manifest = manifestIn(folder);
            if (manifest === 'unknown')
                return undefined;
            if (typeof manifest.name === 'string')
                packages.push({ name: manifest.name.toLowerCase(), folder, manifest });
        }
        return folders && (0,grouped/* grouped */.z)(packages, ({ name }) => name);
    };
    return (pattern) => {
        if (!known.has(pattern))
            known.set(pattern, packagesOf(pattern));
        return known.get(pattern);
    };
}
/** Composer takes a pattern of which nothing is there for an empty one where what stands before its wildcards is a folder. */
function withoutWildcards(pattern) {
    let path = pattern;
    while (/[*{}]/.test(path))
        path = (0,external_node_path_.dirname)(path);
    return path;
}
function isFolder(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isDirectory();
    }
    catch {
        return false;
    }
}
/** A folder's composer.json, an empty one where Composer would find none, and how large it is. */
function readManifest(folder) {
    const file = (0,bounded_file/* readBounded */.CB)((0,external_node_path_.join)(folder, 'composer.json'), json_values/* WRITTEN_BY_HAND */.gH.bytes);
    if (file.kind !== 'bytes')
        return { manifest: file.kind === 'too-large' ? 'unknown' : {}, bytes: 0, values: 0 };
    const size = { bytes: file.bytes.length, values: (0,json_values/* valuesIn */.aC)(file.bytes, json_values/* WRITTEN_BY_HAND */.gH.values) };
    if (size.values > json_values/* WRITTEN_BY_HAND */.gH.values)
        return { manifest: 'unknown', ...size };
    (0,memory/* collectAfter */.J6)(file.bytes.length);
    const parsed = (0,json/* parseJson */.qF)(file.bytes);
    const manifest = parsed.kind === 'json' && (0,json/* isJsonObject */.OW)(parsed.value) ? parsed.value : {};
    const extra = (0,json/* isJsonObject */.OW)(manifest.extra) ? withMembers(manifest.extra, KEPT_OF_EXTRA) : {};
    return { manifest: { ...withMembers(manifest, KEPT), extra }, ...size };
}
function withMembers(all, names) {
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
/**
 * What a package's own composer.json says of it; `version` is empty where Composer guesses one.
 *
 * @param versions those that the repository gives, which count more: see `RepositoryEntry`
 */
function describedIn({ name, manifest }, versions) {
    const own = typeof manifest.version === 'string' ? manifest.version : '';
    const given = typeof manifest.name === 'string' ? versions.get(manifest.name) : undefined;
    return { name, version: given ?? own, requires: (0,composer_link/* linksOf */.hP)(manifest, 'require'), provides: (0,composer_link/* standsInFor */.ex)(manifest) };
}


/***/ }),

/***/ 8551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ grouped)
/* harmony export */ });
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


/***/ }),

/***/ 1200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  G4: () => (/* binding */ EMPTY_AUTH_JSON),
  Mc: () => (/* binding */ entriesOf),
  RP: () => (/* binding */ httpBasicEntry),
  gH: () => (/* binding */ invalidEntry),
  df: () => (/* binding */ positionOf),
  NG: () => (/* binding */ readAuthJson),
  Wu: () => (/* binding */ readAuthPath),
  g7: () => (/* binding */ treeOf),
  fK: () => (/* binding */ valueAt),
  cO: () => (/* binding */ withValue)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(9547);
// EXTERNAL MODULE: ./lib/composer/auth-sections.js
var auth_sections = __nccwpck_require__(3535);
// EXTERNAL MODULE: ./lib/composer/json.js
var json = __nccwpck_require__(3206);
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
function readAuthJson(bytes) {
    const parsed = (0,json/* parseJson */.qF)(bytes);
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
    for (const [section, { loads, fields }] of auth_sections/* AUTH_SECTIONS */.i) {
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
    const field = (0,json/* isJsonObject */.OW)(entry) ? fields.find((name) => !Object.hasOwn(entry, name)) : undefined;
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
function valueAt({ data }, [section, origin]) {
    const found = memberOf(data, section);
    return origin === undefined ? found : memberOf(found, origin);
}
function memberOf(value, key) {
    return (0,json/* isJsonObject */.OW)(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
/** Everything in a file, entry by entry. */
function entriesOf({ data }) {
    return Object.entries(data).flatMap(([section, value]) => (0,auth_sections/* isCredentialSection */.P)(section)
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
    if ((0,external_node_util_.isDeepStrictEqual)(valueAt(file, path), value))
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
    const editsMember = origin !== undefined && (0,json/* isJsonObject */.OW)(file.data[section]);
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
        if ((0,external_node_util_.isDeepStrictEqual)(JSON.parse(withNewline), expected))
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
function positionOf(text, path) {
    const root = treeOf(text);
    const node = root && (0,main.findNodeAtLocation)(root, path);
    return node && (0,json/* positionAt */.t$)(text, node.offset);
}
/** Of a text that is longer there is no tree: it takes many times the room. Characters. */
const LONGEST_TREE = 8 * 1024 * 1024;
/** The tree of a JSON text, in which positions are looked up. */
function treeOf(text) {
    return text.length > LONGEST_TREE || !(0,json/* isScannable */.Iy)(text) ? undefined : (0,main.parseTree)(text);
}
/**
 * Whether PHP makes an integer of this key, as of `"10"`, and Composer stops with a type error where it needs a string.
 * Source of the rule: PHP's manual on arrays; the integers are those of 64 bits.
 */
function isPhpInteger(key) {
    return /^(?:0|-?[1-9]\d{0,18})$/.test(key) && BigInt.asIntN(64, BigInt(key)) === BigInt(key);
}
function objectOrEmptyArray(value) {
    if ((0,json/* isJsonObject */.OW)(value))
        return value;
    return Array.isArray(value) && value.length === 0 ? {} : undefined;
}


/***/ }),

/***/ 3535:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ isCredentialSection),
/* harmony export */   i: () => (/* binding */ AUTH_SECTIONS)
/* harmony export */ });
/* harmony import */ var _http_basic_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9147);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3206);


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
        pairIn: (entry) => tokenPair((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry) ? entry.token : entry, 'oauth2'),
    },
    'gitlab-token': {
        since: undefined,
        form: 'a token, or `{"username": …, "token": …}`',
        fields: ['username', 'token'],
        fits: (entry) => isText(entry) || hasTexts(entry, 'username', 'token'),
        loads: (entry) => isText(entry) || (hasTexts(entry, 'username') && hasTextOrNull(entry, 'token')),
        secretsIn: textsBut('username'),
        sent: 'pair',
        pairIn: (entry) => (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry)
            ? (0,_http_basic_js__WEBPACK_IMPORTED_MODULE_0__/* .readHttpBasic */ .P)({ username: entry.username ?? null, password: entry.token ?? '' })
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
        pairIn: (entry) => (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry)
            ? (0,_http_basic_js__WEBPACK_IMPORTED_MODULE_0__/* .readHttpBasic */ .P)({ username: entry.username ?? null, password: entry.token ?? '' })
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
        pairIn: (entry) => ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry) ? (0,_http_basic_js__WEBPACK_IMPORTED_MODULE_0__/* .readHttpBasic */ .P)({ ...entry, password: entry.password ?? '' }) : undefined),
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
            ['local_pk', 'passphrase'].every((field) => (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry) && isTextOrNone(entry[field])),
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
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry) && fields.every((field) => isText(entry[field]));
}
function hasTextOrNull(entry, field) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry) && (isText(entry[field]) || entry[field] === null);
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
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry))
            return [];
        return Object.entries(entry).flatMap(([field, item]) => (isText(item) && !shown.includes(field) ? [item] : []));
    };
}
/** What follows the colon of `Name: value`, and the token in it where a word such as `Bearer` comes first. */
function headerSecrets(header) {
    const value = isText(header) ? header.slice(header.indexOf(':') + 1).trim() : '';
    return [value, value.slice(value.lastIndexOf(' ') + 1)];
}


/***/ }),

/***/ 9158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $2: () => (/* binding */ configSources),
/* harmony export */   A6: () => (/* binding */ pathSetting),
/* harmony export */   Gm: () => (/* binding */ positionInSource),
/* harmony export */   NZ: () => (/* binding */ projectAuthPath),
/* harmony export */   SI: () => (/* binding */ allowsPlugin),
/* harmony export */   VH: () => (/* binding */ trustConfig),
/* harmony export */   XW: () => (/* binding */ composerLockPath),
/* harmony export */   bN: () => (/* binding */ LARGEST_AUTH_FILE),
/* harmony export */   cA: () => (/* binding */ composerJsonPath),
/* harmony export */   jv: () => (/* binding */ flagSetting)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9547);
/* harmony import */ var _bounds_json_file_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8118);
/* harmony import */ var _bounds_json_values_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(210);
/* harmony import */ var _auth_json_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1200);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(3823);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3206);
/* harmony import */ var _repositories_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(4456);









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
    const variable = (0,_environment_js__WEBPACK_IMPORTED_MODULE_8__/* .truthy */ .v)(environment.env.COMPOSER_AUTH);
    return [
        ...(home === undefined ? [] : [settingsFile('home-config', (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(home, 'config.json'))]),
        ...(home === undefined ? [] : [authFile('home-auth', (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(home, 'auth.json'))]),
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
    let folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(manifest);
    try {
        folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(manifest));
    }
    catch {
        // No composer.json: Composer would read none of it, and a later one stands here.
    }
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, 'auth.json');
}
const trees = new WeakMap();
/** Where in a source an entry stands; undefined for a variable. */
function positionInSource(source, path) {
    const { place, text } = source;
    if (place === 'environment')
        return undefined;
    // Asked for once for every entry.
    const root = trees.has(source) ? trees.get(source) : (0,_auth_json_js__WEBPACK_IMPORTED_MODULE_5__/* .treeOf */ .g7)(text);
    trees.set(source, root);
    const inside = place === 'manifest' || place === 'home-config' ? ['config', ...path] : [...path];
    const node = root && (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_2__.findNodeAtLocation)(root, inside);
    // The whole `"origin": { … }`, which begins with the origin.
    return node && (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .positionAt */ .t$)(text, node.parent?.offset ?? node.offset);
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
    const written = (0,_repositories_js__WEBPACK_IMPORTED_MODULE_7__/* .withoutSlashesAtEnd */ ._p)(String(fromVariable ?? set?.config[key] ?? ''), '/\\');
    if (written === '' || source === undefined)
        return undefined;
    return { value: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(environment.cwd, (0,_environment_js__WEBPACK_IMPORTED_MODULE_8__/* .expandPath */ .a)(written, environment)), written, source };
}
/** A setting that is on or off, as the last place that sets it says. Source: `Config::get`. */
function flagSetting(key, fallback, sources) {
    const value = sources.findLast(({ config }) => Object.hasOwn(config, key))?.config[key];
    return value === undefined ? fallback : value !== 'false' && (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isTruthy */ .zz)(value);
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
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .OW)(rules))
            continue;
        const rule = Object.entries(rules).find(([pattern]) => (0,_repositories_js__WEBPACK_IMPORTED_MODULE_7__/* .nameMatches */ .F5)(pattern, name))?.[1];
        if (typeof rule === 'boolean')
            return rule;
    }
    return undefined;
}
/** The path of the project's composer.json: `COMPOSER` names another. Source: `Factory::getComposerFile`. */
function composerJsonPath({ env, cwd }) {
    const named = (env.COMPOSER ?? '').trim();
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, named === '' ? 'composer.json' : named);
}
/** composer.lock stands beside composer.json and takes its name from it. Source: `Factory::getLockFile`. */
function composerLockPath(environment) {
    const manifest = composerJsonPath(environment);
    return manifest.endsWith('.json') ? `${manifest.slice(0, -'.json'.length)}.lock` : `${manifest}.lock`;
}
/** A file that holds credentials alone; Composer asks `is_file`, so that a folder counts as none. */
function authFile(place, path) {
    const bytes = bytesOf(path, { ..._bounds_json_values_js__WEBPACK_IMPORTED_MODULE_4__/* .WRITTEN_BY_COMPOSER */ .Hw, bytes: LARGEST_AUTH_FILE });
    return bytes === undefined ? undefined : authSource(place, path, bytes);
}
function authSource(place, name, bytes) {
    const read = (0,_auth_json_js__WEBPACK_IMPORTED_MODULE_5__/* .readAuthJson */ .NG)(bytes);
    return read.kind === 'invalid'
        ? { place, name, config: {}, text: bytes.toString(), invalid: read }
        : { place, name, config: read.data, text: read.text, invalid: undefined };
}
/** A file with settings under `config`. What else is wrong with a composer.json is another check's business. */
function settingsFile(place, path) {
    const bytes = bytesOf(path, _bounds_json_values_js__WEBPACK_IMPORTED_MODULE_4__/* .WRITTEN_BY_HAND */ .gH);
    const parsed = bytes === undefined ? undefined : (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJson */ .qF)(bytes);
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
    if (parsed?.kind !== 'json' || !(0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .OW)(parsed.value))
        return undefined;
    const { text } = parsed;
    const config = (0,_json_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .OW)(parsed.value.config) ? parsed.value.config : {};
    const invalid = (0,_auth_json_js__WEBPACK_IMPORTED_MODULE_5__/* .invalidEntry */ .gH)(config, (path) => (0,_auth_json_js__WEBPACK_IMPORTED_MODULE_5__/* .positionOf */ .df)(text, ['config', ...path]));
    return { place, name: path, config: invalid === undefined ? config : {}, text, invalid };
}
function bytesOf(path, limits) {
    const file = (0,_bounds_json_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readJsonFile */ .J)(path, limits);
    return file.kind === 'bytes' ? file.bytes : undefined;
}
function isConfigFile(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 9980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FB: () => (/* binding */ credentialsInUrl),
/* harmony export */   Ft: () => (/* binding */ isSame),
/* harmony export */   Kc: () => (/* binding */ loadedEntries),
/* harmony export */   Q3: () => (/* binding */ withoutUserinfo),
/* harmony export */   T0: () => (/* binding */ onlyPlaceOfHeaders),
/* harmony export */   aY: () => (/* binding */ effectiveCredentials),
/* harmony export */   oP: () => (/* binding */ entriesHeld),
/* harmony export */   xx: () => (/* binding */ isSamePair)
/* harmony export */ });
/* harmony import */ var _auth_sections_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3535);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9158);
/* harmony import */ var _http_basic_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9147);
/* harmony import */ var _installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3357);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3206);





/**
 * The credentials that Composer holds, per origin, from all places it reads. An entry is replaced whole by a later place;
 * of `custom-headers` the whole section is before 2.11.
 *
 * @param settings all places that say which hosts are GitLabs, where those are others
 *
 * Source of the rule: `Config::merge`, `Factory::createConfig`, `Factory::createComposer`.
 */
function effectiveCredentials(sources, version, settings = sources) {
    const ordered = inOrder(sources, version);
    const gitLabs = gitLabOrigins(settings);
    const effective = new Map();
    for (const [name, section] of _auth_sections_js__WEBPACK_IMPORTED_MODULE_0__/* .AUTH_SECTIONS */ .i) {
        if (section.sent === 'unasked' || (section.since !== undefined && !(0,_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holds */ .v9)(section.since, version)))
            continue;
        for (const { origin, entry, from } of entriesOfSection(name, ordered, version)) {
            const held = heldAs(name, section, entry, gitLabs.get(origin), version);
            if (held !== undefined)
                effective.set(origin, { ...held, from });
        }
    }
    for (const [host, domain] of hostsBelow(gitLabs, version)) {
        const held = effective.get(domain);
        if (held === undefined)
            effective.delete(host);
        else
            effective.set(host, held);
    }
    return effective;
}
/**
 * Hosts that Composer takes for a GitLab below a path or at a port: what it holds for that is looked up, and nothing else.
 *
 * Source of the rule: `Util/Url.php::getOrigin`, which compares beginnings; what begins within a name is left out.
 */
function hostsBelow(gitLabs, version) {
    const withoutPort = (0,_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holds */ .v9)('leavesPortsOfGitLabs', version);
    const hosts = new Map();
    for (const domain of gitLabs.keys()) {
        if (typeof domain !== 'string')
            continue;
        const [origin = ''] = domain.split('/', 1);
        for (const host of [...(withoutPort ? [] : [origin]), origin.replace(/:\d+$/, '')]) {
            if (host !== '' && host !== domain && !gitLabs.has(host) && !hosts.has(host))
                hosts.set(host, domain);
        }
    }
    return hosts;
}
/** The places in the order in which a version reads them: since 2.7.8 `COMPOSER_AUTH` is read once more at the end. */
function inOrder(sources, version) {
    const environment = sources.filter(({ place }) => place === 'environment');
    return (0,_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holds */ .v9)('environmentLast', version) ? [...sources, ...environment] : sources;
}
/** The entries of a section that Composer loads, by origin, whatever other sections hold for the same one. */
function loadedEntries(section, sources, version) {
    const loaded = [...entriesOfSection(section, inOrder(sources, version), version)];
    return new Map(loaded.map(({ origin, entry, from }) => [origin, { entry, from }]));
}
/** Every entry that Composer reads for an origin, whichever way it would send it; the last one counts. */
function entriesHeld(origin, sources, version) {
    const ordered = inOrder(sources, version);
    return [..._auth_sections_js__WEBPACK_IMPORTED_MODULE_0__/* .AUTH_SECTIONS */ .i].flatMap(([name, { since }]) => since !== undefined && !(0,_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holds */ .v9)(since, version)
        ? []
        : [...entriesOfSection(name, ordered, version)].filter((one) => one.origin === origin));
}
/** The place of whose headers Composer knows alone, since the last one replaces the others; undefined where they are merged. */
function onlyPlaceOfHeaders(sources, version) {
    if ((0,_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holds */ .v9)('mergesHeaders', version))
        return undefined;
    return sources.findLast(({ config }) => (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(config['custom-headers']));
}
/** The entries of a section in all places that have it. */
function* entriesOfSection(section, sources, version) {
    const naming = sources.filter(({ config }) => (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(config[section]));
    const only = section === 'custom-headers' ? onlyPlaceOfHeaders(sources, version) : undefined;
    for (const source of only === undefined ? naming : [only]) {
        const entries = source.config[section];
        for (const [origin, entry] of Object.entries((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(entries) ? entries : {})) {
            const position = () => (0,_config_js__WEBPACK_IMPORTED_MODULE_1__/* .positionInSource */ .Gm)(source, [section, origin]);
            const from = { by: source.place, name: source.name, section, position };
            yield { origin, entry, from };
        }
    }
}
/** What an entry comes to where it is sent; undefined for one that Composer passes over. */
function heldAs(name, { sent, pairIn, fits }, entry, gitLab, version) {
    if (sent === 'headers')
        return sentOrOther(fits(entry) ? (0,_http_basic_js__WEBPACK_IMPORTED_MODULE_2__/* .headersInstead */ .B)(textsIn(entry)) : undefined);
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
 * What is sent to a GitLab: a pair as to everybody, an OAuth token as a bearer's, any other token in a header of its own,
 * which for a job's is another one since 2.11; undefined for what makes no header.
 *
 * Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`, `promptAuthIfNeeded`.
 */
function sentToGitLab(kept, version) {
    const ofJob = [kept.username, kept.password].includes(JOB);
    if (ofJob && (0,_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holds */ .v9)('sendsJobToken', version)) {
        return (0,_http_basic_js__WEBPACK_IMPORTED_MODULE_2__/* .headersInstead */ .B)([`JOB-TOKEN: ${kept.password === JOB ? kept.username : kept.password}`]);
    }
    if (kept.password === 'oauth2')
        return { ...kept, password: 'bearer' };
    if (kept.password !== 'private-token' && kept.password !== JOB)
        return kept;
    const inHeader = (0,_http_basic_js__WEBPACK_IMPORTED_MODULE_2__/* .headersInstead */ .B)([`PRIVATE-TOKEN: ${kept.username}`]);
    return inHeader && { ...inHeader, ...kept };
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
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(entries) ? Object.keys(entries) : [];
    });
}
/** PHP's `rawurldecode`: a per cent sign that stands for nothing stays. */
function decoded(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}


/***/ }),

/***/ 3823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ expandPath),
/* harmony export */   v: () => (/* binding */ truthy)
/* harmony export */ });
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
    // `~\` is not expanded, on Windows neither.
    if (path.startsWith('~/'))
        return userDirectory + path.slice(1);
    const match = /^(?:\$(\w+)|%(\w+)%)(.*)$/s.exec(path);
    if (match === null)
        return path;
    const name = match[1] ?? match[2] ?? '';
    const value = platform === 'win32' && name === 'HOME' ? (truthy(env.HOME) ?? env.USERPROFILE) : env[name];
    return (value ?? '') + (match[3] ?? '');
}


/***/ }),

/***/ 6:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ failureLine),
/* harmony export */   s: () => (/* binding */ composerFailureMessage)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7067);

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
    return url.startsWith('https:') ? `HTTP/2 ${status} ` : `HTTP/1.1 ${status} ${node_http__WEBPACK_IMPORTED_MODULE_0__.STATUS_CODES[status] ?? ''}`.trimEnd();
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
function failureLine(host) {
    const url = `https?://${host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/`;
    const refused = `The ['"]${url}[^'"]*['"] (?:URL|file) (?:required authentication|could not be (?:accessed|downloaded)) \\(HTTP(?:/[0-9.]+)? 40[134]\\b[^)]*\\)?`;
    const broken = `curl error \\d+ while downloading ${url}\\S*: .*\\S`;
    return `((?:Failed to download \\S+ from dist: )?(?:${refused}|${broken}))`;
}


/***/ }),

/***/ 9655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ GITHUB),
/* harmony export */   Z: () => (/* binding */ gitHubToken)
/* harmony export */ });
/* harmony import */ var _effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9980);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3206);


/** The origin under which Composer keeps what it sends to api.github.com. Source: `Util/Url.php::getOrigin`. */
const GITHUB = 'github.com';
/**
 * The token with which Composer asks GitHub's API; `other` where it sends something else than a token there, undefined
 * where it sends nothing. A pair counts as a token where its password says so.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`, `Util/AuthHelper.php::addAuthenticationHeader`.
 */
function gitHubToken(sources, version) {
    const [last] = (0,_effective_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesHeld */ .oP)(GITHUB, sources, version).toReversed();
    if (last === undefined)
        return undefined;
    const { entry, from } = last;
    if (from.section === 'github-oauth')
        return typeof entry === 'string' ? { token: entry, from } : 'other';
    const isToken = from.section === 'http-basic' && (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(entry) && entry.password === 'x-oauth-basic';
    return isToken && typeof entry.username === 'string' ? { token: entry.username, from } : 'other';
}


/***/ }),

/***/ 9147:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ headersInstead),
/* harmony export */   P: () => (/* binding */ readHttpBasic)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3206);

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
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(value) || typeof value.username !== 'string' || typeof value.password !== 'string')
        return undefined;
    return { username: value.username, password: value.password };
}


/***/ }),

/***/ 8971:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ fallsBackToSource),
/* harmony export */   n: () => (/* binding */ installSource)
/* harmony export */ });
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9158);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3206);
/* harmony import */ var _repositories_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4456);
/* harmony import */ var _versions_stability_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5293);




/** What the settings say. Source of the rule: `DownloadManager::getAvailableSources`, `BaseCommand::getPreferredInstallOptions`. */
function installSource(sources) {
    const preferences = preferredInstall(sources);
    return {
        prefersSource: (name, version) => {
            const preferred = preferences.find(([pattern]) => (0,_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .nameMatches */ .F5)(pattern, name))?.[1] ?? 'auto';
            return preferred === 'source' || (preferred !== 'dist' && (0,_versions_stability_js__WEBPACK_IMPORTED_MODULE_3__/* .stabilityOf */ .nD)(version) === 'dev');
        },
        fallback: (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .flagSetting */ .jv)('source-fallback', false, sources),
    };
}
/** `preferred-install`: patterns of names, the first that matches counts. Source: `Config::merge`. */
function preferredInstall(sources) {
    let merged = new Map([['*', 'dist']]);
    for (const { config } of sources) {
        const own = config['preferred-install'];
        if (typeof own === 'string')
            merged.set('*', own);
        else if ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(own))
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


/***/ }),

/***/ 1707:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $l: () => (/* binding */ isSince),
/* harmony export */   FB: () => (/* binding */ isAmong),
/* harmony export */   Sl: () => (/* binding */ rangesWhere),
/* harmony export */   Zl: () => (/* binding */ namesOfVersions),
/* harmony export */   dG: () => (/* binding */ NO_VERSION)
/* harmony export */ });
/* harmony import */ var _versions_version_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2182);

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
    const [own, other] = [(0,_versions_version_js__WEBPACK_IMPORTED_MODULE_0__/* .normalizeVersion */ .Qj)(version), (0,_versions_version_js__WEBPACK_IMPORTED_MODULE_0__/* .normalizeVersion */ .Qj)(first)];
    return own !== undefined && other !== undefined && (0,_versions_version_js__WEBPACK_IMPORTED_MODULE_0__/* .compareVersions */ .Zy)(own, other, '>=');
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


/***/ }),

/***/ 3357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ versionsWhere),
/* harmony export */   GD: () => (/* binding */ TELLING_VERSIONS),
/* harmony export */   OW: () => (/* binding */ versionsWithout),
/* harmony export */   RX: () => (/* binding */ NEWEST),
/* harmony export */   Yp: () => (/* binding */ versionsWith),
/* harmony export */   a5: () => (/* binding */ holdsIn),
/* harmony export */   tj: () => (/* binding */ firstVersionWith),
/* harmony export */   v9: () => (/* binding */ holds)
/* harmony export */ });
/* harmony import */ var _composer_versions_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1707);

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
    /** A token of `github-oauth` may have a hyphen. */
    takesHyphenInToken: '2.9.8',
    /** And whatever it likes. */
    takesAnyToken: '2.10.0',
    /** Versions with security advisories are left out of what is resolved. */
    blocksAdvisories: '2.9.0',
    /** A conflict around the `content-hash` of composer.lock alone is put right in memory. */
    repairsContentHash: '2.9.0',
    /** packages.json is read for `install` with a lock too. */
    readsRootOnInstall: '2.10.0',
    /** `policy` among the settings: what is blocked, when, and what may be unreachable. */
    knowsPolicy: '2.10.0',
    /** Of `gitlab-domains` that name more than a host only what has no port in its URL is taken for a GitLab. */
    leavesPortsOfGitLabs: '2.10.3',
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
    /** Entries of files of the first protocol need no `uid`; before, PHP stops at one that has none. */
    takesEntriesWithoutUid: '2.11.0',
    /** 429 and 5xx are asked again after the time of `Retry-After`, up to a minute. */
    waitsForRetryAfter: '2.11.0',
    /** An archive is looked at before it is taken, so that a mirror is asked where it is none. */
    looksIntoArchives: '2.11.0',
};
/** Whether a rule holds in a version of Composer (`2.9.8`). */
function holds(rule, version) {
    return (0,_composer_versions_js__WEBPACK_IMPORTED_MODULE_0__/* .isSince */ .$l)(version, SINCE[rule]);
}
/** The same of the installed Composer; undefined where its version is not known. */
function holdsIn(version, rule) {
    return version === undefined ? undefined : holds(rule, version);
}
/** The first version in which a rule holds, as people call it: `2.9.8`, and `2.9` of 2.9.0. */
function firstVersionWith(rule) {
    return SINCE[rule].replace(/\.0$/, '');
}
/** The first version of this generation, and each that changes something, oldest first. */
const CHANGES = [...new Set(['2.0.0', ...Object.values(SINCE)])].toSorted(inOrder);
/** The newest version that differs from others. */
const NEWEST = CHANGES.at(-1) ?? '';
/** The versions of which something is true that depends on these rules alone. */
function versionsWhere(isTrue) {
    return (0,_composer_versions_js__WEBPACK_IMPORTED_MODULE_0__/* .rangesWhere */ .Sl)(CHANGES, isTrue);
}
function versionsWith(rule) {
    return versionsWhere((version) => holds(rule, version));
}
function versionsWithout(rule) {
    return versionsWhere((version) => !holds(rule, version));
}
function inOrder(one, other) {
    return (0,_composer_versions_js__WEBPACK_IMPORTED_MODULE_0__/* .isSince */ .$l)(one, other) ? 1 : -1;
}
/** A version of each kind that reads credentials in its own way, newest first. */
const TELLING_VERSIONS = [
    SINCE.sendsJobToken,
    SINCE.leavesPortsOfGitLabs,
    SINCE.readsRootOnInstall,
    SINCE.knowsHeaders,
    SINCE.environmentLast,
    '2.2.0',
];


/***/ }),

/***/ 3206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Iy: () => (/* binding */ isScannable),
/* harmony export */   OW: () => (/* binding */ isJsonObject),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   sm: () => (/* binding */ valuesOf),
/* harmony export */   t$: () => (/* binding */ positionAt),
/* harmony export */   xO: () => (/* binding */ decodeJson),
/* harmony export */   zz: () => (/* binding */ isTruthy)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);

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
function parseJson(bytes) {
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
function valuesOf(value) {
    if (Array.isArray(value))
        return value;
    return isJsonObject(value) ? Object.values(value) : [];
}
/** Whether a value is a JSON object, and not an array. */
function isJsonObject(value) {
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
    if (!isScannable(text))
        return undefined;
    // The first is enough: a hostile text has millions.
    const onError = (_, offset) => {
        throw new FirstError(offset);
    };
    try {
        (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.visit)(text, { onError }, { disallowComments: true, allowTrailingComma: false });
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
    if (!isJsonObject(value))
        return true;
    for (const key in value)
        if (!key.isWellFormed() || !isWellFormed(value[key] ?? null))
            return false;
    return true;
}


/***/ }),

/***/ 5056:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DZ: () => (/* binding */ LONGEST_CONSTRAINT),
/* harmony export */   Lf: () => (/* binding */ linksIn),
/* harmony export */   ex: () => (/* binding */ standsInFor),
/* harmony export */   hP: () => (/* binding */ linksOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3206);

/** What is longer counts as a constraint that cannot be read: it costs time wherever it is looked at. Characters. */
const LONGEST_CONSTRAINT = 4096;
/** The lines of one kind in a package's entry. */
function linksOf(entry, kind) {
    return linksIn(entry[kind]);
}
/** The lines of one section, each as `link` makes it. */
function linksIn(section, link = plain) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(section))
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


/***/ }),

/***/ 6186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JJ: () => (/* binding */ archiveUrls),
/* harmony export */   b: () => (/* binding */ distUrls),
/* harmony export */   mF: () => (/* binding */ readLock),
/* harmony export */   ob: () => (/* binding */ distOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _bounds_json_values_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(210);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3206);
/* harmony import */ var _link_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5056);
/* harmony import */ var _package_name_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(5656);
/* harmony import */ var _project_file_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9294);
/* harmony import */ var _request_options_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9632);
/* harmony import */ var _versions_version_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2182);
/* harmony import */ var _versions_version_grammar_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3946);









/**
 * Reads composer.lock; undefined when there is none, or when Composer would act as if there were none, since it has no
 * `packages`.
 *
 * Source of the rule: `Package/Locker.php::isLocked`.
 */
function readLock(path) {
    const file = (0,_project_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readProjectFile */ .SI)(path, _bounds_json_values_js__WEBPACK_IMPORTED_MODULE_1__/* .WRITTEN_BY_COMPOSER */ .Hw, withContentHash);
    if (file?.kind !== 'parsed')
        return file;
    if (!Array.isArray(file.data.packages) && !(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(file.data.packages))
        return undefined;
    const positions = positionsIn(file);
    const section = (key, dev) => {
        const packages = file.data[key];
        if (!Array.isArray(packages))
            return [];
        return packages.flatMap((entry, index) => lockedPackage(entry, dev, positions(key, index)));
    };
    const packages = [...section('packages', false), ...section('packages-dev', true)];
    return { kind: 'lock', path, packages, conflict: file.conflict };
}
/** Tells where a package stands. Apart from what was parsed, which is forgotten when the lock is read: it takes many times its text. */
function positionsIn({ members }) {
    return (key, index) => () => (0,_project_file_js__WEBPACK_IMPORTED_MODULE_4__/* .positionIn */ .Nu)({ members }, key, index);
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
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string')
        return [];
    if (!(0,_package_name_js__WEBPACK_IMPORTED_MODULE_8__/* .isPackageName */ .k)(entry.name) || entry.version.length > _versions_version_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .LONGEST_VERSION */ .SF || (0,_project_file_js__WEBPACK_IMPORTED_MODULE_4__/* .hasControls */ .Lx)(entry.version))
        return [];
    const options = entry['transport-options'];
    return [
        {
            name: entry.name.toLowerCase(),
            version: entry.version,
            type: typeof entry.type === 'string' ? entry.type : 'library',
            dev,
            dist: distOf(entry),
            hasSource: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(entry.source),
            sourceReference: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(entry.source) ? textOf(entry.source.reference) : '',
            hasOwnCredentials: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(options) && /authorization|token|key|cookie|local_cert/i.test(JSON.stringify(options)),
            hasOptions: (0,_request_options_js__WEBPACK_IMPORTED_MODULE_5__/* .changesRequests */ .w)(options),
            requires: (0,_link_js__WEBPACK_IMPORTED_MODULE_3__/* .linksOf */ .hP)(entry, 'require'),
            provides: (0,_link_js__WEBPACK_IMPORTED_MODULE_3__/* .standsInFor */ .ex)(entry).map(({ name }) => name),
            position,
        },
    ];
}
/** The archive that a package's entry names, in a lock or in metadata. */
function distOf(entry) {
    const { dist } = entry;
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(dist) || typeof dist.type !== 'string' || typeof dist.url !== 'string')
        return undefined;
    const url = (0,_project_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(dist.url);
    if (url === '')
        return undefined;
    const mirrors = Array.isArray(dist.mirrors) ? dist.mirrors : [];
    return {
        type: dist.type,
        url,
        shasum: textOf(dist.shasum),
        reference: textOf(dist.reference),
        mirrors: mirrors.flatMap((mirror) => (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(mirror) && (0,_project_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(mirror.url) !== ''
            ? [{ url: (0,_project_file_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(mirror.url), preferred: mirror.preferred === true }]
            : []),
    };
}
/** The URLs that Composer tries for the archive of a locked package; none where it has no archive. */
function archiveUrls({ name, version, dist }) {
    if (dist === undefined)
        return [];
    return distUrls(dist, name, () => (0,_versions_version_js__WEBPACK_IMPORTED_MODULE_6__/* .normalizeVersion */ .Qj)(version) ?? version, version);
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
    if (dist.mirrors.length === 0 && !dist.url.includes('%'))
        return [dist.url];
    const normalized = version();
    const filled = (url) => filledIn(url, dist, name, normalized, prettyVersion);
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
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('md5').update(text).digest('hex');
}


/***/ }),

/***/ 7322:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ow: () => (/* binding */ isLoopbackAddress),
/* harmony export */   Zi: () => (/* binding */ isPrivateRoute),
/* harmony export */   rw: () => (/* binding */ ADOBE_HOST),
/* harmony export */   v_: () => (/* binding */ packagesJsonUrl),
/* harmony export */   yv: () => (/* binding */ originOf)
/* harmony export */ });
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
function isLoopbackAddress(address) {
    return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address) || address === '::1';
}


/***/ }),

/***/ 5656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isPlatformPackage),
/* harmony export */   k: () => (/* binding */ isPackageName)
/* harmony export */ });
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


/***/ }),

/***/ 2076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  mt: () => (/* binding */ isPartial),
  TJ: () => (/* binding */ limited),
  DA: () => (/* binding */ partialUpdate)
});

// EXTERNAL MODULE: ./lib/collections/grouped.js
var grouped = __nccwpck_require__(8551);
// EXTERNAL MODULE: ./lib/composer/repositories.js
var repositories = __nccwpck_require__(4456);
;// CONCATENATED MODULE: ./lib/composer/versions/combined-constraint.js
/** More alternatives than these are not multiplied out. */
const MOST_ALTERNATIVES = 50;
/**
 * One constraint that says what several say together; the first alone where that would be too long. Aliases (`as`) are left out, which
 * are for other packages.
 *
 * Source of the grammar: composer/semver `VersionParser::parseConstraints`.
 */
function combinedConstraint(constraints) {
    const [first = '*', ...others] = [...new Set(constraints.map((one) => one.trim() || '*'))];
    let alternatives = alternativesOf(first);
    for (const other of others) {
        const further = alternativesOf(other);
        if (alternatives.length * further.length > MOST_ALTERNATIVES)
            return first;
        alternatives = alternatives.flatMap((one) => further.map((another) => `${one}, ${another}`));
    }
    return others.length === 0 ? first : alternatives.join(' || ');
}
function alternativesOf(constraint) {
    return constraint
        .split('||')
        .flatMap((part) => part.split('|'))
        .map((part) => (part.split(' as ', 1)[0] ?? '').trim())
        .map((part) => (part.startsWith('@') ? `*${part}` : part));
}

// EXTERNAL MODULE: ./lib/composer/versions/constraint.js + 1 modules
var versions_constraint = __nccwpck_require__(1754);
// EXTERNAL MODULE: ./lib/composer/versions/constraint-overlap.js
var constraint_overlap = __nccwpck_require__(5093);
// EXTERNAL MODULE: ./lib/composer/versions/version.js
var versions_version = __nccwpck_require__(2182);
;// CONCATENATED MODULE: ./lib/composer/partial-update.js






/** Whether an update needs a lock. */
function isPartial({ only, sameVersions }) {
    return only.length > 0 || sameVersions;
}
/** Requirements with the constraints that count for this update besides their own. */
function limited(requirements, { temporary }) {
    return requirements.map((one) => {
        const constraint = temporary.get(one.name);
        if (constraint === undefined)
            return one;
        const [own, other] = [(0,versions_constraint/* parseConstraint */.F)(one.constraint), (0,versions_constraint/* parseConstraint */.F)(constraint)];
        const meet = own === undefined || other === undefined || (0,constraint_overlap/* overlaps */.$)(own, other);
        const both = combinedConstraint([one.constraint, constraint]);
        const { lockedVersion, ...rest } = one;
        return {
            ...rest,
            constraint: both,
            ...(lockedVersion === undefined ? {} : lockedAs(lockedVersion, both)),
            temporary: { own: one.constraint, constraint, overlaps: meet },
        };
    });
}
/**
 * Tells what `composer update vendor/name` does with a lock, as far as that can be told without resolving.
 *
 * Source of the rule: `PoolBuilder::buildPool`, `PoolBuilder::unlockPackage`; what is locked and no longer required is removed.
 */
function partialUpdate({ packages, path }, requirements, updated) {
    const { only, withDependencies } = updated;
    const roots = new Set(requirements.map(({ name }) => name));
    const lockedFor = lockedPackagesByName(packages);
    const named = new Set(packages.filter(({ name }) => (0,repositories/* anyMatches */.AS)(only, name)));
    const mayChange = (one) => withDependencies === 'all' || !roots.has(one.name);
    const required = withDependencies === 'none' ? named : reached([...named], lockedFor, mayChange);
    // Where several packages stand in for a name, one is enough.
    const theOne = (name) => {
        const found = lockedFor(name);
        return found.length === 1 ? found : [];
    };
    const staying = (one) => !required.has(one);
    const kept = reached([...roots].flatMap(theOne).filter(staying), theOne, staying);
    const keptPackages = packages.filter((one) => kept.has(one));
    const forKept = new Map(requiredBy(keptPackages).flatMap(([name, constraints]) => {
        const [one] = roots.has(name) ? [] : lockedFor(name);
        return one?.name === name && named.has(one) ? [[one, combinedConstraint(constraints)]] : [];
    }));
    return {
        kept: keptPackages,
        open: packages.filter((one) => !kept.has(one) && !forKept.has(one) && !(named.has(one) && roots.has(one.name))),
        resolved: requirements
            .filter(({ name }) => (0,repositories/* anyMatches */.AS)(only, name) || lockedFor(name).length === 0)
            .map((one) => {
            const [locked] = lockedFor(one.name).filter(({ name }) => name === one.name);
            return { ...one, ...(locked === undefined ? {} : lockedAs(locked.version, one.constraint)) };
        }),
        resolvedForKept: [...forKept].map(([{ name, version, dev, position }, constraint]) => {
            return { name, constraint, dev, position: position(), path, ...lockedAs(version, constraint) };
        }),
        provides: packages.filter((one) => !named.has(one)).flatMap((one) => one.provides),
    };
}
/** The names that some packages require, each with all constraints. */
function requiredBy(packages) {
    const links = packages.flatMap(({ version, requires }) => requires.map(({ name, constraint }) => ({
        name,
        constraint: constraint === 'self.version' ? version : constraint,
    })));
    return [...(0,grouped/* grouped */.z)(links, ({ name }) => name)].map(([name, found]) => [
        name,
        found.map(({ constraint }) => constraint),
    ]);
}
/** The version of a lock, where it is one that a constraint takes. */
function lockedAs(version, constraint) {
    const [normalized, wanted] = [(0,versions_version/* normalizeVersion */.Qj)(version), (0,versions_constraint/* parseConstraint */.F)(constraint)];
    if (normalized === undefined || wanted === undefined || !(0,versions_constraint/* satisfies */.i)(normalized, wanted))
        return {};
    return { lockedVersion: version };
}
/** Finds the package of a lock that has a name, else those that stand in for it. */
function lockedPackagesByName(packages) {
    const byName = new Map(packages.map((one) => [one.name, [one]]));
    const standIns = new Map();
    for (const one of packages) {
        for (const name of one.provides) {
            const others = standIns.get(name);
            if (others === undefined)
                standIns.set(name, [one]);
            else
                others.push(one);
        }
    }
    return (name) => byName.get(name) ?? standIns.get(name) ?? [];
}
/** Some packages with all that they require and that is let through, and so on. */
function reached(from, lockedFor, isLetThrough) {
    const found = new Set(from);
    // A set goes on to what is added to it meanwhile.
    for (const { requires } of found) {
        for (const one of requires.flatMap(({ name }) => lockedFor(name)))
            if (isLetThrough(one))
                found.add(one);
    }
    return found;
}


/***/ }),

/***/ 9294:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ hasControls),
/* harmony export */   Nu: () => (/* binding */ positionIn),
/* harmony export */   SI: () => (/* binding */ readProjectFile),
/* harmony export */   wo: () => (/* binding */ readUrl)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var _bounds_json_file_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8118);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3206);



/** What is longer is no address that a server would take, and costs time wherever it is looked at. Characters. */
const LONGEST_URL = 8192;
/**
 * Reads a JSON file of the project; undefined when there is none.
 *
 * @param limits a file with more is not read
 * @param repaired what Composer may read in the place of a text with a conflict; undefined where it reads nothing
 */
function readProjectFile(path, limits, repaired = () => undefined) {
    const file = (0,_bounds_json_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readJsonFile */ .J)(path, limits);
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
            return parsedFile(path, file.bytes, limits, repaired);
    }
}
function parsedFile(path, bytes, limits, repaired) {
    const written = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(bytes);
    const conflict = written.kind === 'invalid' ? conflictMarker(bytes) : undefined;
    const instead = conflict === undefined ? undefined : repaired(bytes.toString('utf8'));
    const parsed = instead === undefined ? written : (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(Buffer.from(instead));
    if (parsed.kind === 'invalid') {
        if (conflict !== undefined)
            return { kind: 'unreadable', path, reason: 'conflict', position: conflict };
        return { kind: 'unreadable', path, reason: parsed.problem, position: parsed.position };
    }
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW)(parsed.value)) {
        return { kind: 'unreadable', path, reason: 'not-an-object', position: { line: 1, column: 1 } };
    }
    return {
        kind: 'parsed',
        data: parsed.value,
        conflict,
        members: membersIn(path, limits, conflict === undefined ? () => undefined : repaired),
    };
}
/**
 * Tells where the members of a file's sections stand. The file is read again for it, once: of a lock hardly anybody wants to
 * know, and its text would be held for the whole run.
 */
function membersIn(path, limits, repaired) {
    let sections;
    return (section) => {
        if (sections === undefined) {
            const file = (0,_bounds_json_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readJsonFile */ .J)(path, limits);
            const text = file.kind === 'bytes' ? file.bytes.toString() : '';
            sections = membersOf(repaired(text) ?? text);
        }
        return sections[section];
    };
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
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isScannable */ .Iy)(text))
        return sections;
    (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.visit)(text, {
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
    const text = bytes.toString('utf8');
    const found = /(?:^|\n)(?:<{7}|={7}|>{7}|\|{7})(?: |\r?(?:\n|$))/.exec(text);
    if (found === null)
        return undefined;
    let line = found[0].startsWith('\n') ? 2 : 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < found.index; at = text.indexOf('\n', at + 1))
        line++;
    return { line, column: 1 };
}


/***/ }),

/***/ 7594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Wm: () => (/* binding */ proxySecrets),
/* harmony export */   iJ: () => (/* binding */ proxyFor),
/* harmony export */   vZ: () => (/* binding */ proxyDependsOnVersion)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);

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
        return password === undefined ? [] : [password, decoded(password).toString()];
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
                ? `Basic ${Buffer.concat([decoded(url.username), Buffer.from(':'), decoded(url.password)]).toString('base64')}`
                : undefined,
            shown: `${protocol}//${url.hostname}:${port}`,
            variable: name,
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
        const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address);
        if (family === 0 || !isWholeNumber(prefix, 0, family === 4 ? 32 : 128))
            return false;
        const range = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
        range.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
        // A range says nothing of ports: Composer returns from here without looking at one.
        return inList(range, host);
    }
    if (parts.port !== undefined && parts.port !== port)
        return false;
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(parts.host);
    if (family !== 0) {
        const single = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
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
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host);
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
function decoded(text) {
    const parts = text.split(/(%[0-9a-f]{2})/i);
    return Buffer.concat(parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))));
}


/***/ }),

/***/ 4456:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AS: () => (/* binding */ anyMatches),
/* harmony export */   DS: () => (/* binding */ isPublicForge),
/* harmony export */   Ek: () => (/* binding */ repositoryUrl),
/* harmony export */   Ev: () => (/* binding */ UNNAMED_REPOSITORY),
/* harmony export */   F5: () => (/* binding */ nameMatches),
/* harmony export */   Ug: () => (/* binding */ enabledRepositories),
/* harmony export */   _p: () => (/* binding */ withoutSlashesAtEnd),
/* harmony export */   dK: () => (/* binding */ mayServe),
/* harmony export */   jU: () => (/* binding */ repositoryOrigin),
/* harmony export */   w7: () => (/* binding */ repositoryBase)
/* harmony export */ });
/* harmony import */ var _origin_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7322);

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
    return (0,_origin_js__WEBPACK_IMPORTED_MODULE_0__/* .originOf */ .yv)(repositoryUrl(entry.url) ?? entry.url);
}


/***/ }),

/***/ 9632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ changesRequests)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3206);

/** Settings of PHP's `http` context that change neither what is sent nor whom it reaches. */
const HARMLESS = ['timeout', 'protocol_version', 'max_redirects', 'follow_location', 'ignore_errors'];
/**
 * Whether `options` of a repository, or `transport-options` of a locked package, make a difference to what is answered: headers,
 * certificates to show or to trust, proxies of its own.
 */
function changesRequests(options) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(options))
        return false;
    const { http = {}, ...others } = options;
    if (Object.keys(others).length > 0)
        return true;
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(http) ? Object.keys(http).some((setting) => !HARMLESS.includes(setting)) : true;
}


/***/ }),

/***/ 4883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ secretsInUrl),
/* harmony export */   z: () => (/* binding */ shownUrl)
/* harmony export */ });
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
    return [...new Set(found.flatMap((text) => [text, decoded(text)]))].filter((text) => text !== '');
}
/** What stands before a colon or an @ is mostly a name such as `git`; what is longer may be a token. Characters. */
const SHORTEST_TOKEN = 16;
/** Parts a URL, and lets all that may be user information be some. */
function partsOf(written) {
    const text = written.trim().replaceAll('\\', '/');
    const [, scheme = '', rest = ''] = /^(https?:\/+|[a-z][a-z0-9+.-]*:\/\/+|\/\/+)?(.*)$/is.exec(text) ?? [];
    const start = scheme.replace(/\/+$/, '//');
    const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
    const behind = rest.slice(authority.length);
    const [user, host] = atLast(authority);
    const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*):?(.*)$/s.exec(host) ?? [];
    // Of `user:pass/word@host` the authority seems to be `user:pass`; of `host:80/a@b` it cannot be told.
    const isHost = /^\d*$/.test(port);
    const [before, after] = atLast(behind);
    // Behind a host an @ begins a segment, as in `/@scope/name`, or ends a password that was not encoded.
    const isSegment = !/[^/]@/.test(behind) || (user === '' && !`${host}${before}`.includes(':'));
    if (isHost ? isSegment : !behind.includes('@'))
        return { start, user, host, behind };
    return isHost
        ? { start, user: `${authority}${before}`, host: name, behind: '/…' }
        : { start, user: `${authority}${before}`, host: '', behind: after };
}
/** A text before and behind its last @. */
function atLast(text) {
    const at = text.lastIndexOf('@');
    return [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
}
/** Percent escapes undone, where they are whole. */
function decoded(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}


/***/ }),

/***/ 5093:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ overlaps)
/* harmony export */ });
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2182);

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
    return (0,_version_js__WEBPACK_IMPORTED_MODULE_0__/* .compareVersions */ .Zy)(floor.version, ceiling.version, bothIncluded ? '<=' : '<');
}
function isIn(version, { operator, version: other }) {
    return (0,_version_js__WEBPACK_IMPORTED_MODULE_0__/* .compareVersions */ .Zy)(version, other, operator);
}
function isBranch({ version }) {
    return version.startsWith('dev-');
}


/***/ }),

/***/ 1754:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ parseConstraint),
  i: () => (/* binding */ satisfies)
});

// EXTERNAL MODULE: ./lib/composer/versions/version.js
var versions_version = __nccwpck_require__(2182);
// EXTERNAL MODULE: ./lib/composer/versions/version-grammar.js
var version_grammar = __nccwpck_require__(3946);
;// CONCATENATED MODULE: ./lib/composer/versions/constraint-range.js


/**
 * The ends of a range that is written without comparison signs; undefined when a text has no such form.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraint`, whose order of attempts this is.
 */
function parseRange(text) {
    return parseTilde(text) ?? parseCaret(text) ?? parseWildcard(text) ?? parseHyphen(text);
}
const VERSION = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.(\\d+))?(?:${version_grammar/* MODIFIER */.Cg}|(?<branch>\\.[x*][.-]?dev))(?:\\+[^${version_grammar/* SPACE */.t6}]+)?${version_grammar/* END */.Kp}`, 'i');
function spelledVersion(text) {
    const match = VERSION.exec(text);
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
    return (0,versions_version/* normalizeVersion */.Qj)(isSuffixed ? text : `${text}-dev`);
}
const WILDCARD = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.[xX*])+${version_grammar/* END */.Kp}`);
/** `2.4.*` is `>=2.4 <2.5`: section "X Range". */
function parseWildcard(text) {
    const match = WILDCARD.exec(text);
    if (match === null)
        return undefined;
    const numbers = present(match.slice(1, 4));
    const low = `${padded(numbers)}-dev`;
    const high = `${raised(numbers, numbers.length)}-dev`;
    return low === '0.0.0.0-dev' ? [(0,versions_version/* comparison */.my)('<', high)] : between(low, high);
}
const HYPHEN = new RegExp(`^([^${version_grammar/* SPACE */.t6}]+) +- +([^${version_grammar/* SPACE */.t6}]+)${version_grammar/* END */.Kp}`);
/** `1.0 - 2.0` is `>=1.0 <2.1`, `1.0 - 2.0.0` is `>=1.0 <=2.0.0`: section "Hyphen Range". */
function parseHyphen(text) {
    const [, fromText = '', toText = ''] = HYPHEN.exec(text) ?? [];
    const [from, to] = [spelledVersion(fromText), spelledVersion(toText)];
    if (from === undefined || to === undefined)
        return undefined;
    const [low, high] = [(0,versions_version/* normalizeVersion */.Qj)(fromText), (0,versions_version/* normalizeVersion */.Qj)(toText)];
    if (low === undefined || high === undefined)
        return 'refused';
    const start = from.isSuffixed ? low : `${low}-dev`;
    const isExactEnd = to.numbers.length > 2 || to.isSuffixed;
    if (isExactEnd)
        return [(0,versions_version/* comparison */.my)('>=', start), (0,versions_version/* comparison */.my)('<=', high)];
    return between(start, `${raised(to.numbers, to.numbers.length)}-dev`);
}
function between(low, high) {
    return low === undefined ? 'refused' : [(0,versions_version/* comparison */.my)('>=', low), (0,versions_version/* comparison */.my)('<', high)];
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

// EXTERNAL MODULE: ./lib/composer/versions/stability.js
var stability = __nccwpck_require__(5293);
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
            return (0,versions_version/* compareVersions */.Zy)(normalizedVersion, constraint.version, constraint.operator);
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
    for (const parts of (0,version_grammar/* splitConstraint */.uA)(text)) {
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
const STABILITY_FLAG = new RegExp(`^([^,${version_grammar/* SPACE */.t6}]*?)@(${version_grammar/* STABILITY_NAMES */.dN})${version_grammar/* END */.Kp}`, 'i');
/** The first look ahead says what the end asks for, so that it is not asked for behind every `#` anew. */
const REFERENCE = new RegExp(`^(?=[^\\n]*${version_grammar/* END */.Kp})(dev-[^,${version_grammar/* SPACE */.t6}@]+?|[^,${version_grammar/* SPACE */.t6}@]+?\\.x-dev)#[^\\n]+${version_grammar/* END */.Kp}`, 'i');
const ANY_VERSION = new RegExp(`^(v?)[x*]((?:\\.[x*])*)${version_grammar/* END */.Kp}`, 'i');
/**
 * What a part stands for after splitting: one comparison, the two ends of a range, or any version.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraint`.
 */
function parsePart(text) {
    const source = (0,version_grammar/* withoutInlineAlias */._L)(text);
    const [, flagged, flag] = STABILITY_FLAG.exec(source) ?? [];
    const unflagged = flagged === '' ? '*' : (flagged ?? source);
    const part = REFERENCE.exec(unflagged)?.[1] ?? unflagged;
    const anyVersion = ANY_VERSION.exec(part);
    if (anyVersion !== null) {
        // A plain `*` takes branches too; `*.*` is a comparison, which no branch meets.
        const isPlain = anyVersion[1] === '' && anyVersion[2] === '';
        return [isPlain ? { kind: 'any' } : (0,versions_version/* comparison */.my)('>=', '0.0.0.0-dev')];
    }
    const range = parseRange(part);
    if (range !== undefined)
        return range === 'refused' ? undefined : range;
    // PHP compares the flag as it stands: `@STABLE` is appended to the version like any other.
    const single = parseComparison(part, flag === 'stable' ? undefined : flag);
    return single === undefined ? undefined : [single];
}
const COMPARISON = new RegExp(`^(<>|!=|>=?|<=?|==?)?[${version_grammar/* SPACE */.t6}]*([^\\n]*)`);
/** Without the flag `i`, on a text in lower case: so `-RC1` is no suffix here, and `>=1.0-RC1` gets a `-dev` more. */
const SUFFIXED = new RegExp(`-${version_grammar/* MODIFIER */.Cg}${version_grammar/* END */.Kp}`);
/** Source of the rule: the section "Basic Comparators" of composer/semver `VersionParser::parseConstraint`. */
function parseComparison(part, flag) {
    const [, sign, text = ''] = COMPARISON.exec(part) ?? [];
    const version = (0,versions_version/* normalizeVersion */.Qj)(text) ?? misspelledBranch(text);
    if (version === undefined)
        return undefined;
    const operator = operatorOf(sign);
    if (operator !== '==' && flag !== undefined && (0,stability/* stabilityOf */.nD)(version) === 'stable') {
        return (0,versions_version/* comparison */.my)(operator, `${version}-${flag}`);
    }
    // `>=2.4` takes in the pre-releases of 2.4 and `<2.4` leaves them out, unless the text names a pre-release itself.
    const isBoundary = operator === '<' || operator === '>=';
    const isFinal = !SUFFIXED.test(text.toLowerCase()) && !text.startsWith('dev-');
    return (0,versions_version/* comparison */.my)(operator, isBoundary && isFinal ? `${version}-dev` : version);
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


/***/ }),

/***/ 5293:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jr: () => (/* binding */ isAllowed),
/* harmony export */   bz: () => (/* binding */ extractStability),
/* harmony export */   nD: () => (/* binding */ stabilityOf)
/* harmony export */ });
/* unused harmony export STABILITIES */
/* harmony import */ var _version_grammar_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3946);

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
const MODIFIER_AT_END = new RegExp(`${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .MODIFIER */ .Cg}(?:\\+[^\\n]*)?${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
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
    const line = (0,_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .lastLine */ .fM)(text);
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
    const { start, end } = (0,_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .lastLine */ .fM)(version);
    const at = version.indexOf('#', start);
    return at !== -1 && at + 1 < end ? version.slice(0, at) + version.slice(end) : version;
}
const EXPLICIT_FLAG = new RegExp(`^[^@]*@(${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .STABILITY_NAMES */ .dN})${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
const ALIASED = new RegExp(`^([^,${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .SPACE */ .t6}@]+) as [^\\n]+${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`);
const SINGLE_VERSION = new RegExp(`^[^,${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .SPACE */ .t6}@]+${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`);
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
    const parts = (0,_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .splitConstraint */ .uA)(constraint).flat();
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


/***/ }),

/***/ 3946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ MODIFIER),
/* harmony export */   Kp: () => (/* binding */ END),
/* harmony export */   SF: () => (/* binding */ LONGEST_VERSION),
/* harmony export */   _L: () => (/* binding */ withoutInlineAlias),
/* harmony export */   dN: () => (/* binding */ STABILITY_NAMES),
/* harmony export */   fM: () => (/* binding */ lastLine),
/* harmony export */   pr: () => (/* binding */ phpTrim),
/* harmony export */   t6: () => (/* binding */ SPACE),
/* harmony export */   uA: () => (/* binding */ splitConstraint)
/* harmony export */ });
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


/***/ }),

/***/ 2182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fd: () => (/* binding */ normalizedNumericBranch),
/* harmony export */   Qj: () => (/* binding */ normalizeVersion),
/* harmony export */   Zy: () => (/* binding */ compareVersions),
/* harmony export */   my: () => (/* binding */ comparison)
/* harmony export */ });
/* harmony import */ var _version_grammar_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3946);

const STABILITY_FLAG = new RegExp(`@(?:${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .STABILITY_NAMES */ .dN})${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
const BUILD_METADATA = new RegExp(`^([^,${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .SPACE */ .t6}+]+)\\+[^${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .SPACE */ .t6}]+${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`);
const CLASSICAL = new RegExp(`^v?(\\d{1,5})(\\.\\d+)?(\\.\\d+)?(\\.\\d+)?${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .MODIFIER */ .Cg}${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
/** Of composer/semver 3.3: since 3.4.0 there may be one number more at the end, so that `1234567.1` is a date as well. */
const DATE = new RegExp(`^v?(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3})?)${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .MODIFIER */ .Cg}${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
/** From where a line begins: a match that begins later is part of one that begins there. */
const DEV_SUFFIX = new RegExp(`(?<![^\\n])([^\\n]*?)[.-]?dev${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
const NUMERIC_BRANCH = new RegExp(`^v?(\\d+)(\\.(?:\\d+|[x*]))?(\\.(?:\\d+|[x*]))?(\\.(?:\\d+|[x*]))?${_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .END */ .Kp}`, 'i');
/** Branches that were versions in Composer 1, before the prefix `dev-` was asked for. */
const DEFAULT_BRANCHES = ['master', 'trunk', 'default'];
/**
 * A version in the form in which Composer compares it (`2.4.8-p3` is `2.4.8.0-patch3`), undefined when it is none, or
 * longer than `LONGEST_VERSION`.
 *
 * Source of the rule: composer/semver `VersionParser::normalize`.
 */
function normalizeVersion(version) {
    if (version.length > _version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .LONGEST_VERSION */ .SF)
        return undefined;
    const single = (0,_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutInlineAlias */ ._L)((0,_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .phpTrim */ .pr)(version)).replace(STABILITY_FLAG, '');
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
    const numbers = branch === undefined ? null : NUMERIC_BRANCH.exec((0,_version_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .phpTrim */ .pr)(branch));
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


/***/ }),

/***/ 7141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RM: () => (/* binding */ trimmedKeys),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   sc: () => (/* binding */ malformedKeys),
/* harmony export */   ur: () => (/* binding */ shapeOfCredential),
/* harmony export */   xy: () => (/* binding */ givenKey)
/* harmony export */ });
/* harmony import */ var _composer_origin_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7322);
/* harmony import */ var _problems_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5799);


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
    return host === _composer_origin_js__WEBPACK_IMPORTED_MODULE_1__/* .ADOBE_HOST */ .rw && [...value].length !== KEY_LENGTH ? 'length' : undefined;
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
    const blank = shape === 'inner-white-space' ? namesOf(characters.filter((character) => BLANK.test(character))) : [];
    return {
        ..._problems_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_SERVER */ .QJ,
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


/***/ }),

/***/ 431:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GA: () => (/* binding */ answers),
/* harmony export */   LL: () => (/* binding */ readAllTheSame),
/* harmony export */   NC: () => (/* binding */ CLONING),
/* harmony export */   Q3: () => (/* binding */ severityAtServer),
/* harmony export */   Sd: () => (/* binding */ severityOfWait),
/* harmony export */   VR: () => (/* binding */ failsCommand),
/* harmony export */   X1: () => (/* binding */ evidenceOf),
/* harmony export */   c2: () => (/* binding */ statusOf),
/* harmony export */   f9: () => (/* binding */ eachTime),
/* harmony export */   iO: () => (/* binding */ withMeaning),
/* harmony export */   sc: () => (/* binding */ through),
/* harmony export */   sp: () => (/* binding */ causeOfBusy),
/* harmony export */   sx: () => (/* binding */ isWaitedFor),
/* harmony export */   u: () => (/* binding */ saysFor),
/* harmony export */   ui: () => (/* binding */ ifItFails)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7067);
/* harmony import */ var _composer_failure_message_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6);
/* harmony import */ var _composer_installed_composer_versions_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1707);
/* harmony import */ var _composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3357);
/* harmony import */ var _phrases_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(350);





/** Whether a finding about packages.json stops the coming command. */
function failsCommand({ weight }) {
    return weight === 'fatal' || weight === 'plugin-reads' || weight === 'archives-fail';
}
/** An error where the coming command stops at it, else a warning. */
function severityAtServer(finding) {
    return failsCommand(finding) ? 'error' : 'warning';
}
/** As long as Composer waits, where it waits at all. Seconds. Source: `CurlDownloader.php`, `MAX_RETRY_AFTER`. */
const LONGEST_WAIT = 60;
/** Statuses after which it asks again. Source: `CurlDownloader::isStatusCodeRetryNeeded`. */
const RETRIED = [423, 425, 429, 500, 502, 503, 504, 507, 510];
/** Whether a Composer that heeds `Retry-After` waits for a server to come back: since 2.11. */
function isWaitedFor({ status, retryAfter }) {
    if (retryAfter === undefined || retryAfter <= 0 || retryAfter > LONGEST_WAIT)
        return false;
    return status !== undefined && RETRIED.includes(status);
}
/** The same as `severityAtServer` of what a Composer may wait for; what is not known is a warning. */
function severityOfWait(finding, { version }) {
    return isWaitedFor(finding) && (0,_composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .holdsIn */ .a5)(version, 'waitsForRetryAfter') !== false
        ? 'warning'
        : severityAtServer(finding);
}
/** The cause where a server answers that it is busy: what it is, in its own words too, who waits for it, and what it means. */
function causeOfBusy(sentence, finding) {
    return withMeaning(withWait((0,_phrases_js__WEBPACK_IMPORTED_MODULE_4__/* .withServerText */ .BI)(sentence, finding.serverText), finding), finding);
}
/** What is to be said of a server that comes back; a sentence, or nothing. */
function withWait(cause, finding) {
    if (!isWaitedFor(finding))
        return cause;
    const wait = (0,_phrases_js__WEBPACK_IMPORTED_MODULE_4__/* .inSeconds */ .F7)(Math.ceil(finding.retryAfter ?? 0));
    return `${cause} It asks to be asked again in ${wait}: ${(0,_composer_installed_composer_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .namesOfVersions */ .Zl)((0,_composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .versionsWith */ .Yp)('waitsForRetryAfter'))} wait for that, older versions stop.`;
}
/** What Composer prints for an answer with an error's status. */
function saysFor({ url, status }) {
    return (0,_composer_failure_message_js__WEBPACK_IMPORTED_MODULE_1__/* .composerFailureMessage */ .s)(url, { kind: 'status', status: status ?? 0 });
}
/** “host answers”, which a status goes on from; with the redirects that led elsewhere, if any did. */
function answers({ host, answeredBy }) {
    return answeredBy === undefined ? `${host} answers` : `${host} redirects to ${answeredBy}, which answers`;
}
/** A status with its name, since a number alone tells few people anything. */
function statusOf({ status }) {
    return `${status ?? 'nothing'} ${node_http__WEBPACK_IMPORTED_MODULE_0__.STATUS_CODES[status ?? 0] ?? ''}`.trimEnd();
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
    'by-version': `This is a warning because ${(0,_composer_installed_composer_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .namesOfVersions */ .Zl)((0,_composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .versionsWithout */ .OW)('asksBeforeSource'))} then clones the source that the package names; ${(0,_composer_installed_version_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .firstVersionWith */ .tj)('asksBeforeSource')} does so only with \`source-fallback\`, and newer versions never.`,
};
/** Why a failing packages.json is no error, or one although Composer may not read it; a sentence, or nothing. */
function onlyMetadata({ weight, stopsOnly = _composer_installed_composer_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_VERSION */ .dG }) {
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
    return `${(0,_composer_installed_composer_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .namesOfVersions */ .Zl)(versions)} read packages.json of every repository, and stop; other versions go on.`;
}
/** The first sentence of a cause, and what it means for the coming command. */
function withMeaning(cause, finding) {
    const meaning = onlyMetadata(finding);
    return meaning === undefined ? cause : `${cause} ${meaning}`;
}
/** A step that nobody needs to take as long as Composer succeeds. */
function ifItFails(step, finding) {
    return failsCommand(finding) ? step : `If Composer fails all the same, ${(0,_phrases_js__WEBPACK_IMPORTED_MODULE_4__/* .lowered */ .DM)(step)}`;
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


/***/ }),

/***/ 471:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Np: () => (/* binding */ bySeverity),
  WE: () => (/* binding */ explain),
  Cp: () => (/* binding */ isByCredentials),
  xJ: () => (/* binding */ severityOf),
  nK: () => (/* binding */ stopsAt)
});

// UNUSED EXPORTS: CATALOGUE

// EXTERNAL MODULE: ./lib/composer/installed/composer-versions.js
var composer_versions = __nccwpck_require__(1707);
// EXTERNAL MODULE: ./lib/problems/at-server.js
var at_server = __nccwpck_require__(431);
// EXTERNAL MODULE: ./lib/problems/phrases.js
var phrases = __nccwpck_require__(350);
// EXTERNAL MODULE: ./lib/problems/problem.js
var problem = __nccwpck_require__(5799);
;// CONCATENATED MODULE: ./lib/problems/access-forbidden.js



const accessForbidden = {
    title: 'The repository forbids access',
    atMost: 'error',
    severity: at_server/* severityAtServer */.Q3,
    byCredentials: problem/* always */.Gk,
    explain: (finding, site) => ({
        ...wordsFor(finding, site),
        composerSays: (0,at_server/* saysFor */.u)(finding),
        evidence: (0,at_server/* evidenceOf */.X1)(finding),
    }),
};
function wordsFor(finding, site) {
    const { host, serverText } = finding;
    // A firewall sends a page of its own; a sentence in JSON is the repository's.
    if ((0,phrases/* isAdobe */.oJ)(host) && serverText !== undefined)
        return accountRefused(finding, serverText);
    const blocked = (0,phrases/* isAdobe */.oJ)(host)
        ? `${host} answers 403${(0,at_server/* through */.sc)(finding)}: a firewall seems to block this ${finding.proxy === undefined ? 'runner' : 'runner or the proxy'}. Wrong keys would get 401.`
        : refusedElsewhere(finding);
    return {
        cause: (0,at_server/* withMeaning */.iO)(blocked, finding),
        fix: stepsFor(finding, site),
        who: (0,phrases/* isAdobe */.oJ)(host) ? whoAtAdobe(finding, site) : whoElsewhere(finding, site),
        ...((0,phrases/* isAdobe */.oJ)(host) ? { background: `New keys would most likely be blocked as well. See ${phrases/* ADOBE_CAUSES */.$f}.` } : {}),
    };
}
function refusedElsewhere(finding) {
    const { proxy, serverText, url } = finding;
    const start = `${(0,at_server/* answers */.GA)(finding)} 403 Forbidden for ${(0,phrases/* fileNameOf */.bV)(url)}${(0,at_server/* through */.sc)(finding)}`;
    if (serverText !== undefined)
        return (0,phrases/* withServerText */.BI)(start, serverText);
    const address = proxy === undefined ? 'this runner’s address' : 'the proxy’s address';
    return `${start}: it blocks ${address}, or this account may not read it.`;
}
/**
 * First whether it is the address, which is the proxy's where there is one. Without credentials every network gets 401, or
 * the same 403, unless its address is blocked: so two networks are compared.
 */
function stepsFor({ host, proxy, url }, { selfHosted }) {
    const account = (0,phrases/* isAdobe */.oJ)(host)
        ? 'check the causes that Adobe names: an unpaid invoice, an ended contract, keys of a shared account.'
        : `ask whoever runs ${host} whether this account may read it${selfHosted === false && proxy === undefined ? ', and whether GitHub’s runners are blocked' : ''}.`;
    const command = (0,phrases/* askFor */.dq)(url);
    const compared = (there, what) => {
        const allow = (0,phrases/* isAdobe */.oJ)(host) ? '' : `, or ask whoever runs ${host} to allow it`;
        return `${there} and in another network, without credentials: if only the first gets 403, this ${what} is blocked: use another${allow}.`;
    };
    if (proxy !== undefined) {
        const there = selfHosted === false ? 'in a step of this job' : 'on this runner';
        return [
            `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
            `If not, ${(0,phrases/* lowered */.DM)(command)} ${compared(there, 'proxy')}`,
            `If it is not blocked, ${account}`,
        ];
    }
    const again = 'Run the job again: on a GitHub-hosted runner it gets another address.';
    switch (selfHosted) {
        case true:
            return [`${command} ${compared('on this runner', 'runner')}`, `If it is not blocked, ${account}`];
        case false:
            return [again, `If it is refused again, ${account}`];
        case undefined:
            return [
                again,
                `On a self-hosted runner, ${(0,phrases/* lowered */.DM)(command)} ${compared('there', 'runner')}`,
                `Otherwise, ${account}`,
            ];
    }
}
function whoElsewhere(finding, site) {
    const { proxy } = finding;
    if (proxy !== undefined)
        return (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site);
    return site.selfHosted === true
        ? `The team that runs this runner’s network, with whoever runs ${finding.host}.`
        : (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* RERUNS */.KB, finding, site);
}
function whoAtAdobe({ proxy }, { selfHosted }) {
    const atRunner = selfHosted === true
        ? ['The team that runs this runner’s network']
        : [phrases/* RERUNS */.KB, ...(selfHosted === false ? [] : ['the team that runs this runner’s network'])];
    const first = proxy === undefined ? atRunner : [phrases/* EDITS_WORKFLOW */.Eu, 'the team that runs the proxy'];
    return `${first.join(', or ')}; if the address is not blocked, the primary contact of the MAGEID.`;
}
function accountRefused(finding, serverText) {
    return {
        cause: (0,at_server/* withMeaning */.iO)((0,phrases/* withServerText */.BI)(`${finding.host} knows these keys and refuses the account (HTTP 403)`, serverText), finding),
        fix: [
            'Check for an unpaid invoice or an ended contract; once it is settled, create new keys.',
            'Use keys that the licence owner created in the account that holds the licence now, not in a shared account.',
        ],
        who: phrases/* LICENCE_OWNER */.ms,
        background: `See ${phrases/* ADOBE_CAUSES */.$f}.`,
    };
}

// EXTERNAL MODULE: ./lib/problems/shown-path.js
var shown_path = __nccwpck_require__(4545);
;// CONCATENATED MODULE: ./lib/problems/auth-file-exposed.js



const EDITOR = 'Anyone who can edit this repository.';
const authFileExposed = {
    title: 'git could commit credentials',
    atMost: 'warning',
    severity: () => 'warning',
    byCredentials: problem/* never */.Zm,
    explain({ place, tracked, written, ignoreLine }, site) {
        const path = (0,shown_path/* shownPath */.pS)(place.path, site);
        const command = (0,shown_path/* forShell */.uJ)(path) === undefined ? '`git rm --cached` on it' : `\`git rm --cached ${path}\``;
        const holds = written ? 'holds this step’s credentials' : 'holds credentials';
        const ignore = `Add ${ignoreLine === undefined ? 'the file' : `\`${ignoreLine}\``} to .gitignore.`;
        return {
            ...(tracked ? { title: 'git tracks a file with credentials' } : {}),
            cause: tracked
                ? `${path} ${holds} and is tracked by git, which keeps it with every commit.`
                : `${path} ${holds}, lies in a git work tree, and is not ignored: a step that commits or uploads the work tree would include it.`,
            fix: [
                ...(tracked
                    ? [`Run ${command}, then commit. If it ever held real keys there, they are exposed: create new ones.`]
                    : []),
                ignore,
                ...(written ? ['Or set `auth-location: global`, which is outside the work tree.'] : []),
            ],
            who: tracked ? (0,phrases/* withNewKeys */.vJ)(EDITOR) : EDITOR,
            composerSays: undefined,
        };
    },
};

// EXTERNAL MODULE: ./lib/composer/installed/version-rules.js
var version_rules = __nccwpck_require__(3357);
// EXTERNAL MODULE: ./lib/composer/auth-sections.js
var auth_sections = __nccwpck_require__(3535);
;// CONCATENATED MODULE: ./lib/problems/auth-fault.js

/** Who encrypts files so, or keeps them elsewhere, and how they come back. `is` continues the path. */
const SEALS = {
    'git-crypt': {
        is: 'is encrypted by git-crypt',
        fix: 'Run `git-crypt unlock` before this step, with the key from a secret.',
    },
    'git-lfs': {
        is: 'is a pointer of Git LFS, not the file itself',
        fix: 'Set `lfs: true` for actions/checkout, or better: do not keep credentials in the repository.',
    },
    'ansible-vault': {
        is: 'is encrypted by Ansible Vault',
        fix: 'Run `ansible-vault decrypt` on it before this step.',
    },
    pgp: { is: 'is encrypted by OpenPGP', fix: 'Run `gpg --decrypt` on it before this step.' },
    age: { is: 'is encrypted by age', fix: 'Run `age --decrypt` on it before this step.' },
};
function sealIn(fault) {
    return 'seal' in fault ? fault.seal : undefined;
}
/** The step that makes an encrypted or absent file readable; undefined where it is not one. */
function unsealingOf(fault) {
    const seal = sealIn(fault);
    return seal && SEALS[seal].fix;
}
/** What an entry of a section must be. */
function formOf(section) {
    return auth_sections/* AUTH_SECTIONS */.i.get(section)?.form ?? 'what Composer’s schema says';
}
/** Continues the name of the file or variable. */
function faultInWords(fault, position) {
    const seal = sealIn(fault);
    if (seal !== undefined)
        return SEALS[seal].is;
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
            return `has a number where a section name is expected${behind}`;
        case 'section':
            return `has a section \`${fault.section}\`${behind} that is not an object`;
        case 'entry':
            return wrongEntry(fault.section, fault.wrong, behind);
    }
}
function wrongEntry(section, wrong, behind) {
    switch (wrong.kind) {
        case 'numeric-host':
            return `has a number where a host is expected in \`${section}\`${behind}`;
        case 'missing':
            return `has an entry in \`${section}\` without \`${wrong.field}\`${behind}`;
        case 'form':
            return `has a wrong entry in \`${section}\`${behind}: it must be ${formOf(section)}`;
    }
}

// EXTERNAL MODULE: ./lib/problems/people.js
var people = __nccwpck_require__(2637);
;// CONCATENATED MODULE: ./lib/problems/refused-token.js




/** @param owner who can change the file or the variable */
function refusedToken(finding, owner, site) {
    const { source, host, position, given, odd, stopsOnly } = finding;
    const at = position === undefined ? '' : ` (line ${position.line}, column ${position.column})`;
    const file = source === 'COMPOSER_AUTH' ? 'the variable COMPOSER_AUTH' : `${(0,shown_path/* shownPath */.pS)(source, site)}${at}`;
    const stops = stopsOnly === undefined ? 'Every Composer command stops' : `Every command of ${(0,composer_versions/* namesOfVersions */.Zl)(stopsOnly)} stops`;
    return {
        title: 'Composer does not accept the token for GitHub',
        cause: `The token for ${host ?? 'a host'} in \`github-oauth\` ${HAS[odd]}. It comes from ${given ? 'the input `composer-auth`' : file}. ${stops} at it.`,
        fix: tokenSteps(finding),
        who: given ? phrases/* WORKFLOW_EDITOR */.uE : owner,
        composerSays: host === undefined ? undefined : `Your github oauth token for ${host} contains invalid characters`,
        background: 'Composer’s own message names no file. It reads `github-oauth` whether or not the project needs anything from GitHub.',
    };
}
const HAS = {
    nothing: 'is empty',
    hyphen: 'has a hyphen',
    other: 'has a character that no token has, such as white space, a quotation mark or a dollar sign',
};
function tokenSteps({ odd, given }) {
    const jobToken = '`${{ github.token }}`, which every run has, forks included';
    switch (odd) {
        case 'nothing':
            return given
                ? [`Fill it in: ${jobToken}.`, 'Or leave `github-oauth` out of `composer-auth`.']
                : ['Have the step that writes it leave `github-oauth` out if it has no token.', `Or pass it one: ${jobToken}.`];
        case 'hyphen':
            return [
                `Install Composer ${(0,version_rules/* firstVersionWith */.tj)('takesHyphenInToken')} or newer, which takes such tokens.`,
                'Or leave `github-oauth` out, if the project needs nothing from GitHub or not much.',
            ];
        case 'other':
            return ['Save the token again, without anything around it.', `Or use ${jobToken}.`];
    }
}

;// CONCATENATED MODULE: ./lib/problems/auth-file-invalid.js








const authFileInvalid = {
    title: 'Existing credentials are not in a form that Composer accepts',
    atMost: 'error',
    severity: (finding) => {
        if (finding.reason === 'token')
            return finding.stopsOnly === undefined ? 'error' : 'warning';
        return finding.effect === 'refused' || finding.effect === 'stops' ? 'error' : 'warning';
    },
    byCredentials: problem/* never */.Zm,
    explain(finding, site) {
        if (finding.reason === 'token')
            return refusedToken(finding, whoFor(finding.source, site), site);
        const { source } = finding;
        const isVariable = source === 'COMPOSER_AUTH';
        return {
            cause: `${isVariable ? 'The variable COMPOSER_AUTH' : (0,shown_path/* shownPath */.pS)(source, site)} ${faultInWords(finding.fault, finding.position)}. ${effectOf(finding)}`,
            fix: auth_file_invalid_stepsFor(finding),
            who: finding.fault.reason === 'entry' && isManifest(source)
                ? (0,phrases/* withNewKeys */.vJ)(whoFor(source, site))
                : whoFor(source, site),
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
                ? 'Every Composer command stops at it, with a PHP error.'
                : 'Every Composer command stops at it.';
        case 'stops-by-version':
            return `${(0,composer_versions/* namesOfVersions */.Zl)((0,version_rules/* versionsWith */.Yp)('stopsAtMalformedVariable'))} stop at it; older versions go on without these credentials.`;
        case 'passed-over':
            return 'Composer goes on without these credentials.';
    }
}
/** Ends with the name of a project's manifest, which belongs to others than a file with credentials does. */
function isManifest(source) {
    return source.endsWith('composer.json');
}
function whoFor(source, site) {
    if (source === 'COMPOSER_AUTH')
        return phrases/* WORKFLOW_EDITOR */.uE;
    if (isManifest(source))
        return `${(0,people/* whoEdits */.M)('composer.json', 'workflow', 'secrets')}.`;
    const inside = (0,shown_path/* insideWorkspace */.CT)(source, site.workspace);
    return inside === undefined
        ? `${(0,people/* whoEdits */.M)('workflow', 'secrets')}; on a self-hosted runner, whoever runs the machine.`
        : `${(0,people/* whoEdits */.M)(inside, 'workflow', 'secrets')}.`;
}
const ONE_OBJECT = '`{"http-basic": {"host": {"username": "…", "password": "…"}}}`';
const OR_PASS_THEM = 'Or remove it and pass the credentials to the input `composer-auth`.';
function auth_file_invalid_stepsFor(finding) {
    const { source, fault } = finding;
    const unsealing = unsealingOf(fault);
    if (unsealing !== undefined)
        return [unsealing, OR_PASS_THEM];
    switch (fault.reason) {
        case 'list':
        case 'numeric-key':
            return [`Write one object with names of sections: ${ONE_OBJECT}.`, OR_PASS_THEM];
        case 'section':
            return [`Write the section as an object: each host needs ${formOf(fault.section)}.`, OR_PASS_THEM];
        case 'entry':
            // Credentials in a file that is committed are better gone than right.
            if (isManifest(source)) {
                return [
                    'Remove the entry, and pass the right credentials, from a secret, to the input `composer-auth`.',
                    'If it was committed, it is exposed: create new credentials.',
                ];
            }
            return [`Correct the entry in \`${fault.section}\`: each host needs ${formOf(fault.section)}.`, OR_PASS_THEM];
        default:
            return source === 'COMPOSER_AUTH' ? stepsForVariable(finding, fault.reason) : stepsForFile(source, fault.reason);
    }
}
function stepsForVariable({ position }, reason) {
    const instead = 'Or pass the corrected secret to the input `composer-auth`, and remove `COMPOSER_AUTH` from `env:`.';
    switch (reason) {
        case 'single-quotes':
            return ['Save the secret again as one JSON object, with double quotes.', instead];
        case 'trailing-comma':
            return ['Save the secret again as one JSON object, without the extra comma.', instead];
        case 'syntax':
            return [
                position === undefined
                    ? 'Save the secret again as one JSON object: quotes that a shell removed are the usual cause.'
                    : 'Correct the JSON at that place, and save the secret again: quotes that a shell removed are the usual cause.',
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
            ? 'Have the step that creates this file write UTF-8 without a byte order mark; Windows PowerShell adds one by default.'
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
function composerSaysOf({ source, fault, effect }) {
    const isVariable = source === 'COMPOSER_AUTH';
    const parse = isVariable
        ? 'COMPOSER_AUTH environment variable is malformed, should be a valid JSON object'
        : (0,phrases/* noValidJson */.p9)(source);
    switch (fault.reason) {
        case 'empty':
        case 'not-utf-8':
        case 'single-quotes':
        case 'trailing-comma':
        case 'syntax':
            return parse;
        case 'byte-order-mark':
            return isVariable ? parse : phrases/* BOM_DETECTED */.uW;
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

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./lib/problems/auth-file-unwritable.js




const authFileUnwritable = {
    title: 'auth.json cannot be written',
    atMost: 'error',
    severity: () => 'error',
    byCredentials: problem/* never */.Zm,
    explain({ target, reason, systemCode, composerSays, forDownloads }, site) {
        const { what, fix, who = EDITOR_OR_MACHINE, } = (site.platform === 'win32' ? ON_WINDOWS[reason] : undefined) ?? UNWRITABLE[reason];
        const cause = reason === 'no-home'
            ? `There is no place for auth.json: ${what}, so the credentials were not written.`
            : `${(0,shown_path/* shownPath */.pS)(target, site)} ${what}${systemCode === undefined ? '' : ` (${systemCode})`}, so the credentials were not written there.`;
        if (forDownloads) {
            const folder = (0,shown_path/* shownPath */.pS)((0,external_node_path_.dirname)(target), site);
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
const EDITOR_OR_MACHINE = `${(0,people/* whoEdits */.M)('workflow')}, or who runs the machine or container.`;
const NO_NETRC = {
    title: 'The netrc file for downloads cannot be written',
    composerSays: undefined,
};
function noNetrc(cause) {
    return {
        ...NO_NETRC,
        cause,
        fix: [
            'Let the job’s user write to the temporary folder of the runner (`RUNNER_TEMP`), and see that its disk has room.',
        ],
        who: 'Whoever runs the machine or container.',
    };
}
function noNetrcFolder(folder) {
    return {
        ...NO_NETRC,
        cause: `The folder ${folder} does not exist, so the netrc file was not written there.`,
        // A workflow cannot set `RUNNER_TEMP`: the runner keeps variables of that kind to itself.
        fix: [`Create ${folder}, the runner’s temporary folder (\`RUNNER_TEMP\`), before this step.`],
        who: EDITOR_OR_MACHINE,
    };
}
const OWN_HOME = 'Or set `COMPOSER_HOME` for the whole job to a folder that its user can write to.';
/** Where Windows has other causes: access rules in the place of owners and modes, and files that a program holds open. */
const ON_WINDOWS = {
    'not-ours': { what: 'is not a folder of this action', fix: ['Remove what is there.', OWN_HOME] },
    permission: {
        what: 'cannot be read or written by this job’s user, or another program has it open',
        fix: [
            'Close the program that has it open, such as an editor, and run the job again.',
            'Or let the job’s user change the file and its folder (Properties → Security): another user may have created them.',
            OWN_HOME,
        ],
    },
    'in-use': {
        what: 'cannot be replaced while another program has it open',
        fix: ['Close the program that has it open, such as an editor, and run the job again.', OWN_HOME],
    },
    locked: {
        what: 'was locked by another job for too long',
        fix: [
            'Run the job again.',
            'If no other job runs on this machine, remove that folder: a step may have been ended while it held it.',
        ],
    },
    'no-home': {
        what: 'neither `COMPOSER_HOME` nor `APPDATA` is known',
        fix: ['Set `APPDATA` or `COMPOSER_HOME` for the job. Composer cannot run without either.'],
    },
};
/** On every system, unless Windows has words of its own. */
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
        what: 'is larger than what this step edits (256 KiB), far more than an auth.json needs',
        fix: ['Look at what is there, then remove it.', OWN_HOME],
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

// EXTERNAL MODULE: ./lib/composer/failure-message.js
var failure_message = __nccwpck_require__(6);
// EXTERNAL MODULE: ./lib/problems/package-denied.js + 4 modules
var package_denied = __nccwpck_require__(9568);
// EXTERNAL MODULE: ./lib/problems/vendors.js
var vendors = __nccwpck_require__(2563);
;// CONCATENATED MODULE: ./lib/problems/credentials-missing.js










const credentialsMissing = {
    title: 'Composer has no credentials for a private repository',
    atMost: 'error',
    severity: (finding) => (finding.reason === 'none-held' && finding.needed ? 'error' : 'warning'),
    byCredentials: problem/* always */.Gk,
    explain(finding, site) {
        switch (finding.reason) {
            case 'none-held':
                return noneHeld(finding, site);
            case 'unknown-section':
                return unknownSection(finding);
            case 'replaced-section':
                return replacedSection(finding, site);
            case 'not-read':
                return notRead(finding);
        }
    },
};
function noneHeld(finding, site) {
    const { host, status, url, packages, needed, nearMiss, unnamed = false } = finding;
    const vendor = (0,vendors/* vendorAt */.Q)(host);
    const pair = vendor?.pair === undefined ? '' : ` ${vendor.pair}`;
    return {
        cause: [
            `${host} answers ${status}, and Composer has no credentials for it${packages.length === 0 ? '' : `, but needs it for ${(0,phrases/* namesOf */.eZ)(packages)}`}.`,
            nearMiss === undefined
                ? ''
                : `The entry for \`${nearMiss.key}\` is not for it: Composer compares letter by letter.`,
            needed ? '' : whyNotNeeded(finding),
        ]
            .filter((sentence) => sentence !== '')
            .join(' '),
        fix: [
            ...(nearMiss === undefined ? [] : [`Rename that entry, in ${placeOf(nearMiss, site)}, to \`${host}\`.`]),
            `${nearMiss === undefined ? 'Add' : 'Or add'} an \`http-basic\` entry for \`${host}\`, with exactly this spelling, to the input \`composer-auth\`, from a secret.${pair}`,
            ...(unnamed ? [package_denied/* UPDATE_LOCK */.su] : []),
            ...(needed || unnamed ? [] : ['If the repository is no longer used, remove it from composer.json.']),
        ],
        who: credentials_missing_whoFor(finding),
        composerSays: (0,failure_message/* composerFailureMessage */.s)(url, { kind: 'status', status }),
        background: 'Composer compares hosts letter by letter, with the port if there is one.',
    };
}
function placeOf({ source }, site) {
    return /^composer[-_]auth$/i.test(source) ? `\`${source}\`` : (0,shown_path/* shownPath */.pS)(source, site);
}
function credentials_missing_whoFor({ host, needed, unnamed = false }) {
    const who = (0,people/* withEditors */.T)(`Whoever holds the account at ${(0,vendors/* vendorAt */.Q)(host)?.name ?? host}`, 'workflow', 'secrets');
    if (unnamed)
        return `${who}; to update the lock, ${(0,phrases/* lowered */.DM)((0,people/* whoEdits */.M)('composer.lock'))}.`;
    return needed ? `${who}.` : `${who}; to remove the repository, ${(0,phrases/* lowered */.DM)((0,people/* whoEdits */.M)('composer.json'))}.`;
}
function whyNotNeeded({ stopsOnly = composer_versions/* NO_VERSION */.dG, instead, nearMiss }) {
    if (stopsOnly.length > 0)
        return (0,at_server/* readAllTheSame */.LL)(stopsOnly);
    if (instead === 'next-address')
        return 'This is a warning because Composer then asks the next address in composer.lock.';
    if (instead !== undefined)
        return at_server/* CLONING */.NC[instead];
    return nearMiss === undefined
        ? 'This is a warning because everything needed may come from other repositories, or be in the vendor folder already.'
        : 'This is a warning because it may not be needed.';
}
function unknownSection({ host, section }) {
    return {
        title: 'This Composer is too old for these credentials',
        cause: `Composer will not read this step’s credentials for ${host}: only ${(0,composer_versions/* namesOfVersions */.Zl)((0,version_rules/* versionsWith */.Yp)('knowsHeaders'))} read \`${section}\`.`,
        fix: [
            `Install Composer ${(0,version_rules/* firstVersionWith */.tj)('knowsHeaders')} or newer before this step.`,
            `Or, if ${host} takes a user name and a password, pass them as an \`http-basic\` entry of \`composer-auth\`.`,
        ],
        who: phrases/* WORKFLOW_EDITOR */.uE,
        composerSays: undefined,
        background: 'An older Composer ignores such an entry without a word. The one of this job is older, or does not tell its version.',
    };
}
function replacedSection({ host, section, source: whole }, site) {
    const source = (0,shown_path/* shownPath */.pS)(whole, site);
    const owner = source === 'COMPOSER_AUTH' ? [] : [source];
    return {
        title: 'Another file replaces these credentials',
        cause: `Composer will not read this step’s credentials for ${host}: the \`${section}\` in ${source} replace those of all other places.`,
        fix: [
            `Put the headers for all hosts into one place: this step’s \`composer-auth\`, or ${source}.`,
            `Or install Composer ${(0,version_rules/* firstVersionWith */.tj)('mergesHeaders')} or newer, which adds them up host by host.`,
        ],
        who: `${(0,people/* whoEdits */.M)(...owner, 'workflow', 'secrets')}.`,
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
        who: phrases/* WORKFLOW_EDITOR */.uE,
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
    byCredentials: problem/* never */.Zm,
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
    return { ...finding, source: (0,shown_path/* shownPath */.pS)(finding.source, site) };
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
    const { notReceived, empty, shape, status, packages } = fails;
    const answers = status === undefined ? '' : ` (HTTP ${status})`;
    if (packages.length > 0) {
        return `, and ${host} does not give ${(0,phrases/* namesOf */.eZ)(packages)} to them${answers}.`;
    }
    if (shape !== undefined && NO_CREDENTIALS.has(shape))
        return `, and they are a placeholder or the like${answers}.`;
    if (empty)
        return `, and they are empty, at least in part${answers}.`;
    if (notReceived)
        return `, and ${host} says that no keys arrived${answers}.`;
    return `, and ${host} does not accept them${answers}.`;
}
/** Shapes of what was never filled in. */
const NO_CREDENTIALS = new Set(['placeholder', 'masked', 'expression', 'variable']);
function credentials_overridden_composerSaysOf({ url, status, packages: [name] }) {
    if (status === undefined && name !== undefined)
        return (0,phrases/* notFound */.mX)(name);
    return url === undefined || status === undefined ? undefined : (0,failure_message/* composerFailureMessage */.s)(url, { kind: 'status', status });
}
const COMMITTED = 'If they were committed, they are exposed: create new keys.';
function byPlace(finding) {
    const { by, source, section, host, fails } = finding;
    const who = editorsOf(finding);
    if (section === 'bearer' || section === 'custom-headers' || section === 'client-certificate')
        return bySection(finding);
    switch (by) {
        case 'environment':
            return {
                fix: [
                    `Remove ${host} from the secret that COMPOSER_AUTH is set from, or do not set it for the step that runs Composer.`,
                    'Or pass that secret to the input `composer-auth` instead of setting COMPOSER_AUTH: this step’s keys then win for their host.',
                    'Or add `env` to `auth-location`, so that this step’s credentials win there too.',
                ],
                who: phrases/* WORKFLOW_EDITOR */.uE,
                background: `COMPOSER_AUTH wins over the auth.json in Composer’s home${ruleOf(finding)}.`,
            };
        case 'project-auth':
            return {
                fix: [
                    `Remove ${host} from ${source}. ${COMMITTED}`,
                    'Or set `auth-location: project`: this step then replaces the entry until the job ends.',
                ],
                who: (0,phrases/* withNewKeys */.vJ)(who),
                background: `An auth.json beside composer.json wins over the one in Composer’s home${ruleOf(finding)}.`,
            };
        case 'manifest':
            return {
                fix: [
                    `Remove \`http-basic\` for ${host} from \`config\` in ${source}. ${COMMITTED}`,
                    'Or set `auth-location: project`, which wins over composer.json.',
                ],
                who: (0,phrases/* withNewKeys */.vJ)(who),
            };
        case 'url':
            return {
                fix: [
                    `Remove user name and password from the URL in ${source}. ${COMMITTED}`,
                    ...(fails === undefined
                        ? ['If they are the right ones, pass them, from a secret, to the input `composer-auth`.']
                        : []),
                ],
                who: (0,phrases/* withNewKeys */.vJ)(`${fails === undefined ? (0,people/* whoEdits */.M)('composer.json', 'workflow', 'secrets') : (0,people/* whoEdits */.M)('composer.json')}.`),
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
function editorsOf({ source }) {
    return `${(0,people/* whoEdits */.M)('workflow')}, or ${source}.`;
}
/** Composer takes some sections before `http-basic`, wherever they are. */
function bySection(finding) {
    const { by, source, section, host, fails } = finding;
    const since = section === 'bearer' ? '' : ` since version ${(0,version_rules/* firstVersionWith */.tj)('knowsHeaders')}`;
    return {
        fix: [
            `Remove the entry for ${host} from \`${section}\` in ${by === 'environment' ? 'the secret that COMPOSER_AUTH is set from' : source}.`,
            // What the host has just refused is not what it wants.
            ...(fails === undefined
                ? [`Or, if it is what ${host} wants, do not pass other credentials for it to this step.`]
                : []),
        ],
        who: by === 'environment' ? phrases/* WORKFLOW_EDITOR */.uE : editorsOf(finding),
        background: `Composer sends one thing to a host, and of two sections it takes \`${section}\` before \`http-basic\`${since}, wherever they are.`,
    };
}
/** The rule that depends on the version, where it decided. */
function ruleOf({ by, installed }) {
    const first = (0,version_rules/* firstVersionWith */.tj)('environmentLast');
    const about = by === 'environment'
        ? ` and, since Composer ${first}, the project’s auth.json`
        : ` and, before Composer ${first}, COMPOSER_AUTH`;
    return `${about}${installed === undefined ? '' : ` (${installed} is installed)`}`;
}

// EXTERNAL MODULE: ./lib/problems/download-token-rejected.js
var download_token_rejected = __nccwpck_require__(6997);
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
/** The names of the secrets that inputs come from in the end, each once. */
function secretsIn(source) {
    const ends = source?.inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes)) ?? [];
    return [...new Set(ends.flatMap(({ context, name }) => (context === 'secrets' && name !== undefined ? [name] : [])))];
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
            const names = namesOf(from.source);
            return names === undefined
                ? `Save both halves in the secrets for \`public-key\` and \`private-key\` (${phrases/* SECRETS */.cW}).`
                : `Save both halves in ${names} (${phrases/* SECRETS */.cW}).`;
        }
        case 'composer-auth':
            return `Save them as \`username\` and \`password\` of ${host} in ${namesOf(from.source) ?? 'the secret that `composer-auth` is filled from'} (${phrases/* SECRETS */.cW}).`;
        case 'nowhere':
            return 'Add them to the input `composer-auth`.';
        case 'elsewhere':
            return `Replace them in ${credentials_from_placeOf(from, site)}, or remove them there and pass the right ones to this action.`;
    }
}
/** What is edited by whoever does what `saveThem` says. */
function savedIn(from, site) {
    switch (from.from) {
        case 'inputs':
        case 'composer-auth':
            return ['secrets'];
        case 'nowhere':
            return ['workflow', 'secrets'];
        case 'elsewhere':
            return from.by === 'environment' ? ['workflow', 'secrets'] : [(0,shown_path/* shownPath */.pS)(from.name, site), 'workflow', 'secrets'];
    }
}
/** The secrets that the workflow takes them from, where those have names. */
function namesOf(source) {
    const names = secretsIn(source).map((name) => `\`${name}\``);
    return names.length === 0 ? undefined : (0,phrases/* enumeration */.eG)(names);
}
/** The place of somebody else’s credentials. */
function heldIn(from, site) {
    return from.from === 'elsewhere' ? credentials_from_placeOf(from, site) : 'the inputs';
}
function credentials_from_placeOf({ by, name: path }, site) {
    const name = (0,shown_path/* shownPath */.pS)(path, site);
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

;// CONCATENATED MODULE: ./lib/problems/github-token-insufficient.js






const gitHubTokenInsufficient = {
    title: 'The token for GitHub will not do',
    atMost: 'error',
    severity(finding) {
        if (finding.reason === 'none-held')
            return 'notice';
        // What is left of a limit changes; a token that is rejected stays so.
        return finding.reason === 'rejected' && finding.cloned === 'no' ? 'error' : 'warning';
    },
    byCredentials: problem/* never */.Zm,
    explain: (finding, site) => ({
        title: TITLES[finding.reason],
        cause: (0,phrases/* joined */.oR)([seen(finding, site), afterwards(finding)]),
        fix: github_token_insufficient_stepsFor(finding, site),
        who: github_token_insufficient_whoFor(finding, site),
        composerSays: github_token_insufficient_composerSaysOf(finding),
        background: 'Each archive at api.github.com is a request. GitHub counts them by token, 1000 an hour for the token of a job and 5000 for a person’s; without a token by address, 60 an hour, and runners share addresses.',
    }),
};
const TITLES = {
    rejected: 'GitHub rejects the token that Composer holds',
    'few-left': 'Too few requests to GitHub are left for this lock',
    'none-held': 'Composer has no token for GitHub',
};
function seen(finding, site) {
    const { packages } = finding;
    const archives = `${packages.length} ${packages.length === 1 ? 'archive' : 'archives'} at api.github.com`;
    switch (finding.reason) {
        case 'rejected':
            return `GitHub rejects ${theToken(finding.from, site)} (HTTP 401), and composer.lock has ${archives}.`;
        case 'few-left': {
            const until = finding.resets === undefined ? '' : ` until ${finding.resets}`;
            return `With ${theToken(finding.from, site)}, ${finding.remaining} of ${finding.limit} requests to GitHub are left${until}, but composer.lock has ${archives}.`;
        }
        case 'none-held':
            return `composer.lock has ${archives}, and without a token GitHub answers ${finding.limit} requests an hour.`;
    }
}
function theToken(from, site) {
    return from.from === 'composer-auth' ? 'the token in `composer-auth`' : theirs('token', from, site);
}
/** What the installed Composer does then. */
function afterwards({ cloned }) {
    switch (cloned) {
        case 'yes':
            return 'Composer then clones the packages, which takes longer.';
        case 'no':
            return 'Composer then stops.';
        case 'by-version':
            return `${(0,composer_versions/* namesOfVersions */.Zl)((0,version_rules/* versionsWithout */.OW)('asksBeforeSource'))} then clones the packages; newer ones stop.`;
    }
}
const JOB_TOKEN = '`"github-oauth": {"github.com": ${{ toJSON(github.token) }}}`';
function github_token_insufficient_whoFor(finding, site) {
    if (finding.reason === 'none-held')
        return `${(0,people/* whoEdits */.M)('workflow')}.`;
    const editors = (0,people/* whoEdits */.M)(...savedIn(finding.from, site), 'workflow');
    return finding.reason === 'rejected' ? `${editors}; for a new token, its owner at GitHub.` : `${editors}.`;
}
function github_token_insufficient_stepsFor(finding, site) {
    const jobs = `Pass the token of the job in \`composer-auth\`: ${JOB_TOKEN}.`;
    switch (finding.reason) {
        case 'rejected': {
            const { from } = finding;
            // Composer would go on with the one that stands there.
            const removed = from.from === 'elsewhere' ? `Remove it from ${heldIn(from, site)}, and ${(0,phrases/* lowered */.DM)(jobs)}` : jobs;
            const saved = from.from === 'elsewhere'
                ? 'save it as a secret, and pass that instead'
                : 'and save it in the secret for `composer-auth`';
            return [removed, `If private repositories need another token, create a new one, ${saved}.`];
        }
        case 'few-left':
            return [
                'Cache Composer’s files between jobs, so that few archives are downloaded.',
                `If this is another token, ${(0,phrases/* lowered */.DM)(jobs)}`,
            ];
        case 'none-held':
            return [jobs];
    }
}
function github_token_insufficient_composerSaysOf(finding) {
    return finding.reason === 'rejected'
        ? 'Could not authenticate against github.com'
        : `GitHub API limit (${finding.limit} calls/hr) is exhausted`;
}

;// CONCATENATED MODULE: ./lib/problems/input-invalid.js


const inputInvalid = {
    title: 'An input is invalid',
    atMost: 'error',
    severity: () => 'error',
    byCredentials: problem/* never */.Zm,
    explain: ({ input, wrong, fix }) => ({
        cause: `The input \`${input}\` ${wrong}.`,
        fix,
        who: input === 'composer-auth' ? phrases/* WORKFLOW_EDITOR */.uE : 'Anyone who can edit this workflow.',
        composerSays: undefined,
        background: 'Nothing was written and nothing was checked. This step fails also with `fail-on-error: false`: what was meant is not known.',
    }),
};

;// CONCATENATED MODULE: ./lib/problems/insecure-url.js



const insecureUrl = {
    title: 'A URL is not https, which Composer refuses',
    atMost: 'error',
    severity: ({ needed }) => (needed ? 'error' : 'warning'),
    byCredentials: problem/* never */.Zm,
    explain: (finding) => ({
        cause: `${insecure(finding)}, and Composer refuses http while \`secure-http\` is on.`,
        fix: insecure_url_stepsFor(finding),
        who: insecure_url_whoFor(finding),
        composerSays: `Your configuration does not allow connections to ${finding.schemeless ? `http://${finding.url}` : finding.url}. See https://getcomposer.org/doc/06-config.md#secure-http for details.`,
    }),
};
function insecure_url_stepsFor({ what, named, schemeless, packages, host }) {
    if (what === 'repository') {
        return [
            schemeless
                ? 'Write `https://` in front of the host in composer.json.'
                : 'Replace `http://` with `https://` in composer.json.',
            'If there is a composer.lock, run `composer update --lock`.',
            `If ${host} does not serve https, ask whoever runs it.`,
        ];
    }
    return named === 'metadata'
        ? [
            'If the address is in composer.json itself, write `https://` there.',
            'Otherwise ask whoever runs the repository to give its archives `https://` addresses.',
        ]
        : [
            `Name the repository with \`https://\` in composer.json, and run ${(0,phrases/* updateOf */.xe)(packages)}.`,
            `If the new composer.lock still has http, ask whoever runs ${host} to serve it over https.`,
        ];
}
function insecure_url_whoFor({ what, named, host }) {
    if (what === 'repository')
        return `${(0,people/* whoEdits */.M)('composer.json')}; for https there, whoever runs ${host}.`;
    const editor = (0,people/* whoEdits */.M)('composer.json');
    return named === 'metadata'
        ? `${editor}; otherwise, whoever runs the repository.`
        : `${editor}; if the lock stays as it is, whoever runs ${host}.`;
}
function insecure({ what, named, schemeless, url, packages }) {
    if (what === 'archive' && named === 'metadata') {
        return `The repository of ${(0,phrases/* namesOf */.eZ)(packages)} gives an archive over http`;
    }
    if (what === 'archive')
        return `composer.lock downloads ${(0,phrases/* namesOf */.eZ)(packages)} over http`;
    return schemeless
        ? `The repository ${url} has no scheme, which Composer reads as http`
        : `The repository ${url} uses http`;
}

;// CONCATENATED MODULE: ./lib/problems/key-shape-words.js

/** The step where what came is what the workflow itself has in the place of a secret. */
const ONE_DOLLAR = 'In the workflow, write `${{ secrets.NAME }}`, with one dollar sign and both pairs of braces.';
const FOR_DOWNLOADS = 'If downloads are all that you want, pass MAGEID and token to the inputs `mage-id` and `download-token`.';
/** How to copy the right pair once more. */
function copyAgain(finding) {
    const { host, inComposerAuth } = finding;
    if (!(0,phrases/* isAdobe */.oJ)(host))
        return anotherPair(finding);
    const there = inComposerAuth ? `them in the entry for ${host}` : 'each in its secret';
    return [`Copy both halves of the pair from ${phrases/* ACCESS_KEYS */.OW} again, and save ${there}.`];
}
function anotherPair({ host, inComposerAuth }) {
    return (0,phrases/* newKeys */.lC)(host, inComposerAuth);
}
/** Of what is for downloads. */
function instead(finding) {
    const [get = '', ...rest] = anotherPair(finding);
    return [FOR_DOWNLOADS, `Otherwise ${(0,phrases/* lowered */.DM)(get)}`, ...rest];
}
/** The words for each shape. */
const SHAPES = {
    email: {
        what: (name, { host }) => (0,phrases/* isAdobe */.oJ)(host)
            ? `${name} holds an e-mail address, but ${host} takes access keys.`
            : `${name} holds an e-mail address, which is seldom the user name of a Composer repository.`,
        fix: anotherPair,
    },
    'mage-id': {
        what: (name, { host }) => `${name} holds a MAGEID, but ${host} takes access keys. A MAGEID is for downloads of archives and patches.`,
        fix: instead,
        inWorkflow: true,
    },
    'download-token': {
        what: (name, { host }) => `${name} looks like a downloads access token (40 hexadecimal characters), but ${host} takes access keys.`,
        fix: instead,
        inWorkflow: true,
    },
    json: {
        what: (name) => `${name} holds a JSON document, but takes a single key.`,
        fix: [
            'Pass the whole document to the input `composer-auth`, and leave out `public-key` and `private-key`.',
            'Or save its `username` (the public key) and `password` (the private key) each in its own secret.',
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
        what: (name, { other }) => `${name} holds two ${other === undefined ? 'keys' : 'values'} joined by a colon.`,
        fix: [
            'Save what is before the colon in the secret for `public-key`, and what follows it in the one for `private-key`.',
        ],
    },
    labelled: {
        what: (name) => `${name} holds a label in front of the key, such as “key:”.`,
        fix: ['Save the secret again with only the key, without a label or quotation marks.'],
    },
    placeholder: {
        what: (name, { other }) => `${name} holds a placeholder from an example instead of a ${other === undefined ? 'key' : 'credential'}.`,
        fix: copyAgain,
    },
    masked: {
        what: (name) => `${name} holds dots, asterisks or the like: it was copied from a page or log that hides the key.`,
        fix: copyAgain,
    },
    expression: {
        what: (name) => `${name} holds the text of an expression that GitHub did not evaluate.`,
        why: 'GitHub evaluates `${{ … }}` in workflow files only, never inside a secret.',
        fix: [ONE_DOLLAR, 'If the secret itself holds such an expression, save the key there.'],
    },
    dollar: {
        what: (name) => `${name} begins with a dollar sign, as \`$\${{ secrets.NAME }}\` leaves one in front of the value.`,
        fix: [ONE_DOLLAR],
    },
    variable: {
        what: (name) => `${name} holds the name of a shell variable instead of its value: no shell reads the inputs of a step.`,
        fix: [
            'In the workflow, write `${{ secrets.NAME }}`, or `${{ env.NAME }}`.',
            'If the secret itself holds the name, save the key there.',
        ],
    },
    'equal-halves': {
        what: (name) => `${name} hold the same value, but a pair has two different halves.`,
        fix: (finding) => {
            const [copy = '', ...rest] = copyAgain(finding);
            return ['Check that the two are taken from two different secrets.', `If they are, ${(0,phrases/* lowered */.DM)(copy)}`, ...rest];
        },
        inWorkflow: true,
    },
    quotes: {
        what: (name) => `${name} begins or ends with a quotation mark, which Composer sends as part of the key.`,
        fix: ['Save the secret again without the quotation marks.'],
    },
    'inner-white-space': {
        what: (name, { characters }) => `${name} has ${(0,phrases/* enumeration */.eG)(characters)} inside, and a key has no such character.`,
        fix: copyAgain,
    },
    'line-break': {
        what: (name) => `${name} has a line break inside, and no credential has one.`,
        fix: copyAgain,
    },
    'surrounding-white-space': {
        what: (name, { characters }) => `${(0,phrases/* capitalised */.Iu)((0,phrases/* enumeration */.eG)(characters))} before or after ${name} ${characters.length === 1 ? 'was' : 'were'} removed before use.`,
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
        return 'A part of it was probably lost when it was copied.';
    if (length === 36)
        return 'A UUID, which is another kind of id, has 36.';
    if (length > 32 && length < 37)
        return 'Something before or after it was probably copied too.';
    if (length === 64 || length === 65)
        return 'Two keys were saved in one secret, or one key twice.';
    return 'This is something else, such as a key of another service.';
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
    byCredentials: problem/* always */.Gk,
    explain(finding, site) {
        const { shape, source, status, rejectedAt, other } = finding;
        const { what, why = '' } = SHAPES[shape];
        return {
            ...(other === undefined ? {} : { title: 'This does not look like a credential' }),
            ...(shape === 'surrounding-white-space' ? { title: 'White space around a key was ignored' } : {}),
            cause: [
                what(nameOf(finding, site), finding),
                why,
                ...(rejectedAt === undefined ? [] : [`It is rejected (HTTP ${status}).`]),
                ...(other === undefined ? takenFrom(source?.inputs ?? []) : []),
            ]
                .filter((part) => part !== '')
                .join(' '),
            ...(other === undefined ? keys_malformed_stepsFor(finding) : otherSteps(finding, other, site)),
            composerSays: rejectedAt === undefined
                ? undefined
                : (0,failure_message/* composerFailureMessage */.s)(rejectedAt, { kind: 'status', status: status ?? 401 }),
        };
    },
};
function keys_malformed_stepsFor(finding) {
    const { fix, inWorkflow = false } = SHAPES[finding.shape];
    // Whoever needs no other key needs no account either.
    if (typeof fix !== 'function')
        return { fix, who: phrases/* WORKFLOW_EDITOR */.uE };
    return { fix: fix(finding), who: (0,phrases/* keyOwner */.XW)(finding.host, ...(inWorkflow ? ['workflow'] : []), 'secrets') };
}
/** What is to be done where the credentials come from: what stands there is no credential, whatever it is. */
function otherSteps({ host, shape, source }, { from }, site) {
    const given = from.from === 'composer-auth' ? { ...from, source } : from;
    const isWritten = shape === 'expression' || shape === 'variable' || shape === 'dollar';
    const steps = [`Get the user name and password for ${host} from whoever runs it.`, saveThem(given, host, site)];
    return from.from === 'composer-auth' && isWritten
        ? { fix: [ONE_DOLLAR, 'If a secret holds that text, save the value itself there.'], who: phrases/* WORKFLOW_EDITOR */.uE }
        : { fix: steps, who: (0,phrases/* keyOwner */.XW)(host, ...savedIn(given, site)) };
}
function nameOf({ input, inComposerAuth, host, other }, site) {
    if (other !== undefined) {
        const where = inComposerAuth ? '`composer-auth`' : heldIn(other.from, site);
        return `In ${where}, \`${other.field}\` of ${host}`;
    }
    if (!inComposerAuth)
        return input === 'both' ? '`public-key` and `private-key`' : `\`${input}\``;
    const half = { both: 'username` and `password', 'public-key': 'username', 'private-key': 'password' }[input];
    return `In \`composer-auth\`, \`${half}\` of ${host}`;
}

;// CONCATENATED MODULE: ./lib/problems/empty-credentials.js






/** What is left out is an error where something fails for want of it, which the verdict sees; and where there are no keys. */
function severityOfEmpty(finding, { composerManages }) {
    if (finding.reason === 'refused')
        return (0,at_server/* severityAtServer */.Q3)(finding);
    return finding.areKeys && !composerManages ? 'error' : 'warning';
}
function explainEmpty(finding, site) {
    const source = sourceOf(finding);
    const why = whyItIs(finding, source);
    const taken = (0,phrases/* joined */.oR)(takenBy(finding, source));
    // What is known beyond the names goes before them.
    const lead = (0,phrases/* joined */.oR)([whatIsEmpty(finding, site), why === '' ? taken : why]);
    return {
        title: finding.reason === 'left-out' && finding.areKeys ? 'The keys are missing' : 'Credentials are empty',
        cause: finding.reason === 'refused' ? (0,at_server/* withMeaning */.iO)(lead, finding) : (0,phrases/* joined */.oR)([lead, leftOut(finding)]),
        fix: empty_credentials_stepsFor(finding, source, site),
        who: empty_credentials_whoFor(finding, source, site),
        composerSays: finding.url === undefined
            ? undefined
            : (0,failure_message/* composerFailureMessage */.s)(finding.url, { kind: 'status', status: finding.status ?? 401 }),
        background: (0,phrases/* joined */.oR)([
            why === '' ? '' : taken,
            'GitHub passes an empty string for a secret that does not exist or that the run may not read.',
        ]),
        ...(finding.reason === 'refused' ? { evidence: (0,at_server/* evidenceOf */.X1)(finding) } : {}),
    };
}
const MAINTAINER = 'A maintainer of this repository; the author of the pull request cannot change it.';
function empty_credentials_whoFor(finding, source, site) {
    if (finding.reason === 'refused' && finding.from.from === 'elsewhere') {
        return `${(0,people/* whoEdits */.M)(...savedIn(finding.from, site))}.`;
    }
    if (finding.why === 'fork')
        return MAINTAINER;
    return finding.why === 'unknown' && source?.call === undefined ? phrases/* SECRETS_OWNERS */.hD : phrases/* WORKFLOW_EDITOR */.uE;
}
function sourceOf(finding) {
    if (finding.reason === 'left-out')
        return finding.source;
    return finding.from.from === 'composer-auth' ? finding.from.source : undefined;
}
function whatIsEmpty(finding, site) {
    const { host, empty, status } = finding;
    const isFromInput = finding.reason === 'left-out' || finding.from.from === 'composer-auth';
    const where = isFromInput ? '`composer-auth`' : heldIn(finding.from, site);
    const names = (0,phrases/* enumeration */.eG)(empty.map((name) => `\`${name}\``));
    const refused = status === undefined ? '' : ` (HTTP ${status})`;
    return `In ${where}, ${names} of ${host} ${empty.length === 1 ? 'is' : 'are'} empty${refused}.`;
}
/** What the workflow takes what is empty from. */
function takenBy({ empty }, source) {
    const secrets = secretsIn(source).map((name) => `\`secrets.${name}\``);
    if (secrets.length === 0)
        return takenFrom(source?.inputs ?? []);
    return [`The workflow takes ${empty.length === 1 ? 'it' : 'them'} from ${(0,phrases/* enumeration */.eG)(secrets)}.`];
}
function whyItIs({ why }, source) {
    switch (why) {
        case 'fork':
            return 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.';
        case 'dependabot':
            return 'Dependabot started this run, and such runs read Dependabot’s secrets only.';
        case 'forked-repository':
            return 'This repository is a fork, and GitHub copies no secrets into a fork.';
        case 'unknown':
            return source?.call === undefined ? '' : 'The job that calls this reusable workflow does not pass the secret on.';
    }
}
function leftOut({ url }) {
    return url === undefined ? 'The entry was left out, and nothing has failed for want of it.' : '';
}
function empty_credentials_stepsFor(finding, source, site) {
    const { host, why } = finding;
    if (finding.reason === 'refused' && finding.from.from === 'elsewhere') {
        return [`Fill them in, or remove the entry for ${host} from ${heldIn(finding.from, site)}.`, OR_INPUT];
    }
    const names = secretsIn(source);
    const secrets = names.length === 0 ? 'the secret' : (0,phrases/* enumeration */.eG)(names.map((name) => `\`${name}\``));
    const unneeded = (0,phrases/* isAdobe */.oJ)(host) ? IN_ENVIRONMENT : `If ${host} is no longer needed, remove its entry.`;
    switch (why) {
        case 'fork':
            return [(0,phrases/* capitalised */.Iu)((0,phrases/* skipWithoutKeys */.Kj)(`the steps that need ${host}`))];
        case 'dependabot':
            return [`Add ${secrets} under ${phrases/* DEPENDABOT_SECRETS */.zH} as well.`, unneeded];
        case 'forked-repository':
            return [`Add ${secrets} under ${phrases/* SECRETS */.cW} of this fork.`, unneeded];
        case 'unknown':
            if (source?.call !== undefined)
                return ['Add `secrets: inherit` to the calling job, or pass the secret there.'];
            return [
                `${checkSecret(secrets, names, source)} An organisation’s secret must be shared with this repository.`,
                unneeded,
            ];
    }
}
const IN_ENVIRONMENT = 'If it is a secret of an environment, add `environment: <name>` to the job.';
const OR_INPUT = 'Or pass the credentials to the input `composer-auth`.';
/** Where the whole document is one secret, that is what has the gap. */
function checkSecret(secrets, names, source) {
    const isWhole = source?.inputs.every(({ set }) => set === 'expression') === true && names.length > 0;
    if (isWhole)
        return `Save ${secrets} again, with the value filled in.`;
    return names.length === 0
        ? `Compare the secrets’ names in \`composer-auth\` with those under ${phrases/* SECRETS */.cW}.`
        : `Under ${phrases/* SECRETS */.cW}, check that ${secrets} ${names.length === 1 ? 'exists and is' : 'exist and are'} not empty.`;
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
        : `Check that ${(0,phrases/* enumeration */.eG)(names)} ${names.length === 1 ? 'exists' : 'exist'} under ${phrases/* SECRETS */.cW} and ${isOrAre(names)} not empty.`;
}
/** The inputs, as they are shown. */
function named(inputs) {
    return (0,phrases/* enumeration */.eG)(inputs.map(({ input }) => `\`${input}\``));
}
/** The cause where the workflow itself gives some of the inputs nothing. */
function notSet(inputs) {
    const misspelled = inputs.flatMap(({ misspelt }) => (misspelt === undefined ? [] : [`\`${misspelt}\``]));
    const absent = inputs.filter(({ set, misspelt }) => set === 'absent' && misspelt === undefined);
    const emptied = inputs.filter(({ set }) => set === 'empty');
    const lines = (all) => (0,phrases/* enumeration */.eG)(all.map(({ input }) => `\`${input}: \${{ secrets.NAME }}\``));
    const names = inputs.length === 1 ? 'the name of the secret' : 'the names of the two secrets';
    return {
        cause: (0,phrases/* joined */.oR)([
            misspelled.length === 0
                ? ''
                : `The step sets ${(0,phrases/* enumeration */.eG)(misspelled)}, ${misspelled.length === 1 ? 'which is not an input' : 'which are not inputs'} of this action.`,
            absent.length === 0 ? '' : `The step does not set ${named(absent).replace(' and ', ' or ')}.`,
            emptied.length === 0 ? '' : `The step sets ${named(emptied)} to nothing.`,
        ]),
        fix: [
            ...inputs.flatMap(({ input, misspelt }) => misspelt === undefined ? [] : [`Rename \`${misspelt}:\` to \`${input}:\`.`]),
            ...(absent.length === 0 ? [] : [`Add ${lines(absent)} below \`with:\`, with ${names}.`]),
            ...(emptied.length === 0 ? [] : [`Write ${lines(emptied)}, with ${names}.`]),
        ],
        who: 'Anyone who can edit this workflow.',
    };
}
const OTHER_KEY_CAME = 'The other key arrived, so this one’s secret does not exist under this name, is empty, or is not shared with this job.';
/**
 * The cause for the first kind of place that credentials come from; the others are rare beside it.
 *
 * @param one whether the other of two keys came
 * @param what the credentials in words
 */
function namedCause(one, source, what = 'the keys') {
    const secrets = namesIn(source?.inputs, 'secrets');
    if (secrets.length > 0)
        return emptySecret(one, secrets, source);
    const variables = namesIn(source?.inputs, 'vars');
    if (variables.length > 0) {
        return {
            cause: `${(0,phrases/* enumeration */.eG)(variables)} ${isOrAre(variables)} read from \`vars\`, which holds no secrets.`,
            fix: [`Save ${what} as secrets, which the log masks, and use \`secrets.\` instead of \`vars.\`.`],
        };
    }
    const environment = namesIn(source?.inputs, 'env');
    if (environment.length > 0) {
        return {
            cause: `${(0,phrases/* enumeration */.eG)(environment)} ${environment.length === 1 ? 'was' : 'were'} empty in the environment when the step began.`,
            fix: [
                'Use the secret directly: `${{ secrets.NAME }}`.',
                `Or fill ${(0,phrases/* enumeration */.eG)(environment)} under \`env:\`; a reusable workflow does not see the variables of its caller.`,
            ],
        };
    }
    const inputs = namesIn(source?.inputs, 'inputs');
    if (inputs.length > 0) {
        return {
            cause: `${(0,phrases/* enumeration */.eG)(inputs)}, which this workflow was called or started with, ${isOrAre(inputs)} empty.`,
            fix: [`Pass ${what} as secrets where the workflow is called: a workflow’s inputs are not masked.`],
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
            cause: `${(0,phrases/* enumeration */.eG)(results)} ${isOrAre(results)} empty: the step did not run, or did not set ${results.length === 1 ? 'it' : 'them'}.`,
            fix: ['In the log, see whether that step ran, before this one, and what it did.', instead],
        }
        : {
            cause: `${(0,phrases/* enumeration */.eG)(results)} ${isOrAre(results)} empty: GitHub drops job outputs that contain a secret, and a skipped job sets none.`,
            fix: [
                'Use the secret in this step itself: `${{ secrets.NAME }}`.',
                'If these outputs hold no secret, see whether the job that sets them ran.',
            ],
        };
}
function emptySecret(one, secrets, source) {
    const listed = (0,phrases/* enumeration */.eG)(secrets);
    const single = secrets.length === 1;
    const environment = source?.environment === true
        ? 'Look at the secrets of the job’s environment too: they take precedence over those of the repository.'
        : `If ${single ? 'it belongs' : 'they belong'} to an environment, add \`environment: <name>\` to the job.`;
    return {
        cause: one ? OTHER_KEY_CAME : '',
        who: phrases/* SECRETS_OWNERS */.hD,
        fix: [
            `Under ${phrases/* SECRETS */.cW}, check that ${listed} ${single ? 'exists' : 'exist'}, with exactly this spelling; if ${single ? 'it does, save it' : 'they do, save them'} again. An organisation’s secret must be shared with this repository.`,
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
            who: phrases/* SECRETS_OWNERS */.hD,
            fix: [
                `Compare the secret’s name on the \`${input}:\` line of the workflow with the names under ${phrases/* SECRETS */.cW}.`,
                'If the secret exists, save it again. An organisation’s secret must be shared with this repository.',
            ],
        };
    }
    return {
        cause: 'A secret that does not exist, or is not shared with this job, reads as empty.',
        who: phrases/* SECRETS_OWNERS */.hD,
        fix: [
            `Compare the secrets’ names in this step with those under ${phrases/* SECRETS */.cW}. An organisation’s secret must be shared with this repository.`,
            'In a reusable workflow, pass them where it is called (`secrets: inherit`). In a composite action, pass the keys as its inputs.',
            'For secrets of an environment, add `environment: <name>` to the job.',
        ],
    };
}

;// CONCATENATED MODULE: ./lib/problems/empty-downloads.js
/** Credentials for downloads of which a half, or both, came empty. */



/** Composer has no part in it: only the workflow says whether a run may do without. */
function severityOfDownloads({ mayBeMissing }) {
    return mayBeMissing ? 'warning' : 'error';
}
function explainEmptyDownloads(finding) {
    const { missing, source } = finding;
    const { cause, who = phrases/* WORKFLOW_EDITOR */.uE, ...reason } = reasonFor(finding);
    const [taken = ''] = takenFrom(source?.inputs ?? []);
    return {
        title: missing.length > 1 ? BOTH_MISSING : empty_downloads_TITLES[missing[0] ?? 'download-token'],
        ...reason,
        // What is known beyond the names goes before them.
        cause: (0,phrases/* joined */.oR)([empty_downloads_whatIsEmpty(finding), cause === '' ? taken : cause]),
        who,
        composerSays: undefined,
        background: (0,phrases/* joined */.oR)([
            cause === '' ? '' : taken,
            'No netrc file was written; Composer has nothing to do with these two inputs.',
            EMPTY_STRINGS,
        ]),
    };
}
const BOTH_MISSING = 'MAGEID and download token are missing';
const empty_downloads_TITLES = {
    'mage-id': 'The MAGEID is missing',
    'download-token': 'The download token is missing',
};
const EMPTY_STRINGS = 'GitHub passes an empty string for a secret that does not exist or that the run may not read.';
const NO_SECRETS_FOR_FORKS = 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.';
const OTHER_SECRETS = 'Dependabot started this run, and such runs read Dependabot’s secrets only.';
const empty_downloads_MAINTAINER = 'A maintainer of this repository; the author of the pull request cannot change it.';
function empty_downloads_whatIsEmpty({ missing, dollar, host }) {
    const inputs = (0,phrases/* enumeration */.eG)(missing.map((input) => `\`${input}\``));
    const [holds, value] = missing.length === 1 ? ['holds', 'a value'] : ['hold', 'values'];
    return dollar
        ? `${inputs} ${holds} only a dollar sign instead of ${value} for downloads from ${host}.`
        : `${inputs} is empty, and downloads from ${host} need both \`mage-id\` and \`download-token\`.`;
}
/** From what is certain to what is likely. The half that came may stand in the workflow itself, so it proves nothing of secrets. */
function reasonFor({ missing, dollar, why, source }) {
    const unset = source?.inputs.filter(({ set }) => set !== 'expression') ?? [];
    if (unset.length > 0)
        return { ...notSet(unset), fix: [...notSet(unset).fix, OR_NEITHER] };
    const names = namesIn(source?.inputs, 'secrets');
    const secrets = names.length === 0 ? `the secret for \`${missing[0]}\`` : (0,phrases/* enumeration */.eG)(names);
    if (dollar) {
        return {
            cause: 'That is what `$${{ secrets.NAME }}` leaves of an empty secret.',
            fix: [
                'Write `${{ secrets.NAME }}`, with one dollar sign.',
                `Check that ${secrets} is there, and not empty, under ${phrases/* SECRETS */.cW}.`,
            ],
        };
    }
    switch (why) {
        case 'fork':
            return { cause: NO_SECRETS_FOR_FORKS, fix: [(0,phrases/* capitalised */.Iu)(SKIP)], who: empty_downloads_MAINTAINER };
        case 'dependabot':
            return { cause: OTHER_SECRETS, fix: [`Add ${secrets} under ${phrases/* DEPENDABOT_SECRETS */.zH} as well.`, `Or ${SKIP}`] };
        case 'forked-repository':
            return {
                cause: 'This repository is a fork, and GitHub copies no secrets into a fork.',
                fix: [`Add ${secrets} under ${phrases/* SECRETS */.cW} of this fork.`, `Or ${SKIP}`],
            };
        case 'unknown':
            return unexplained(missing, source);
    }
}
function unexplained([input = 'download-token'], source) {
    if (source?.call !== undefined) {
        return {
            cause: 'The job that calls this reusable workflow does not pass the secret on.',
            fix: ['Add `secrets: inherit` to the calling job, or pass the secret there.'],
            who: 'Anyone who can edit the calling workflow.',
        };
    }
    if (endsOf(source?.inputs ?? []).length > 0)
        return namedCause(false, source, 'MAGEID and token');
    return {
        cause: '',
        fix: [`Compare the name of the secret for \`${input}\` with the names under ${phrases/* SECRETS */.cW}.`, OR_NEITHER],
    };
}
const OR_NEITHER = 'Or, to download nothing, set neither `mage-id` nor `download-token`.';
/** With keys for Composer beside them the run is not skipped. */
const SKIP = 'set `if-keys-missing: ignore`, and skip what needs the downloads when the output `netrc-file` is empty.';
/** The words for a step that sets these two inputs and no keys, and got nothing at all. */
function noDownloads(why) {
    const cause = '`mage-id` and `download-token` are empty, and the step sets no keys.';
    const rest = { title: BOTH_MISSING, who: phrases/* WORKFLOW_EDITOR */.uE, composerSays: undefined, background: EMPTY_STRINGS };
    switch (why) {
        case 'fork':
            return {
                ...rest,
                cause: `${cause} ${NO_SECRETS_FOR_FORKS}`,
                fix: [(0,phrases/* capitalised */.Iu)((0,phrases/* skipWithoutKeys */.Kj)('what needs the downloads'))],
                who: empty_downloads_MAINTAINER,
            };
        case 'dependabot':
            return {
                ...rest,
                cause: `${cause} ${OTHER_SECRETS}`,
                fix: [
                    `Add both under ${phrases/* DEPENDABOT_SECRETS */.zH}, with the same names.`,
                    `Or ${(0,phrases/* skipWithoutKeys */.Kj)('what needs the downloads')}`,
                ],
            };
        case 'forked-repository':
        case 'unknown':
            return {
                ...rest,
                cause,
                fix: [`Compare the secrets’ names in this step with those under ${phrases/* SECRETS */.cW}.`],
            };
    }
}

;// CONCATENATED MODULE: ./lib/problems/keys-missing.js







const keysMissing = {
    title: 'The keys are missing',
    atMost: 'error',
    severity(finding, circumstances) {
        if (finding.reason === 'downloads')
            return severityOfDownloads(finding);
        if (finding.reason !== 'inputs')
            return severityOfEmpty(finding, circumstances);
        return circumstances.composerManages ? 'warning' : 'error';
    },
    byCredentials: problem/* always */.Gk,
    explain(finding, site) {
        if (finding.reason === 'downloads')
            return explainEmptyDownloads(finding);
        if (finding.reason !== 'inputs')
            return explainEmpty(finding, site);
        if (isForDownloads(finding))
            return noDownloads(finding.why);
        const { cause, who = phrases/* WORKFLOW_EDITOR */.uE, ...reason } = keys_missing_reasonFor(finding);
        const [taken = ''] = takenFrom(finding.source?.inputs ?? []);
        const written = finding.others ? 'What `composer-auth` holds for other hosts was written.' : 'Nothing was written.';
        const empties = 'GitHub passes an empty string for a secret that does not exist or that the run may not read.';
        return {
            ...reason,
            // What is known beyond the names goes before them.
            cause: (0,phrases/* joined */.oR)([empty(finding), cause === '' ? taken : cause]),
            who,
            composerSays: (0,failure_message/* composerFailureMessage */.s)(finding.url, { kind: 'status', status: 401 }),
            background: (0,phrases/* joined */.oR)([cause === '' ? '' : taken, written, empties]),
        };
    },
};
/** Whether the step wants no keys, but MAGEID and token, which came empty as well. */
function isForDownloads({ source }) {
    return (source?.forDownloads === true &&
        source.inputs.every(({ set, misspelt }) => set === 'absent' && misspelt === undefined));
}
function empty({ missing, dollar, host, others }) {
    const inputs = (0,phrases/* enumeration */.eG)(missing.map((input) => `\`${input}\``));
    const one = missing.length === 1;
    if (dollar)
        return `${inputs} ${one ? 'holds' : 'hold'} only a dollar sign instead of ${one ? 'a key' : 'keys'} for ${host}.`;
    return others
        ? `${inputs} ${one ? 'is' : 'are'} empty, and \`composer-auth\` has no entry for ${host}.`
        : `${inputs} ${one ? 'is' : 'are'} empty, so there are no keys for ${host}.`;
}
/** From what is certain to what is likely. */
function keys_missing_reasonFor(finding) {
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
                `Add both keys under ${phrases/* DEPENDABOT_SECRETS */.zH}, with the same names${inParentheses(source)}.`,
                `Or ${(0,phrases/* skipWithoutKeys */.Kj)(`the steps that need ${finding.host}`)}`,
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
                `Add the two keys of your own account under ${phrases/* SECRETS */.cW} of this fork${inParentheses(source)}.`,
                `Or ${(0,phrases/* skipWithoutKeys */.Kj)(`the steps that need ${finding.host}`)}`,
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
            `Add an \`http-basic\` entry for ${host} to \`composer-auth\`, from a secret, or set \`public-key\` and \`private-key\`.`,
            `If both are set, compare the secrets’ names in this step with those under ${phrases/* SECRETS */.cW}.`,
        ],
    };
}
function fork({ host }) {
    return {
        title: 'The keys are missing: forks get no secrets',
        cause: 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.',
        fix: [
            (0,phrases/* capitalised */.Iu)((0,phrases/* skipWithoutKeys */.Kj)(`the steps that need ${host}`)),
            'Or, for Magento Open Source, use a public mirror in these runs: see “Runs without secrets” in this action’s README.',
        ],
        who: 'A maintainer of this repository; the author of the pull request cannot change it.',
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
    const names = (0,phrases/* enumeration */.eG)(call.names.map((name) => `\`${name}\``));
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
        cause: `The job that calls this workflow does not pass ${names}; what it passes for ${named(passed)} is empty.`,
        fix: [add, areFilled(namesIn(passed, 'secrets'))],
        who: 'Anyone who can edit the calling workflow and its repository’s secrets.',
    };
}
function inParentheses(source) {
    const names = namesIn(source?.inputs, 'secrets');
    return names.length === 0 ? '' : ` (${(0,phrases/* enumeration */.eG)(names)})`;
}
/** What to look at once the dollar sign is gone. */
function whyEmpty(why, source) {
    if (why === 'fork')
        return 'This run is for a pull request from a fork, which gets no secrets: set `if-keys-missing: ignore`, and skip what needs the keys.';
    if (why === 'dependabot') {
        return `Dependabot started this run: add the secrets${inParentheses(source)} under ${phrases/* DEPENDABOT_SECRETS */.zH} as well.`;
    }
    return areFilled(namesIn(source?.inputs, 'secrets'));
}

;// CONCATENATED MODULE: ./lib/problems/keys-not-received.js



const keysNotReceived = {
    title: 'The keys did not reach the repository',
    atMost: 'error',
    severity: at_server/* severityAtServer */.Q3,
    byCredentials: problem/* always */.Gk,
    explain: (finding, site) => ({
        cause: (0,at_server/* withMeaning */.iO)(whatTookThem(finding), finding),
        fix: keys_not_received_stepsFor(finding, site),
        who: finding.answeredBy === undefined
            ? whoBetween(finding, site)
            : `Anyone who can edit composer.json and this workflow; if it has not moved, whoever runs ${finding.host}.`,
        composerSays: (0,at_server/* saysFor */.u)(finding),
        background: 'New keys would not help: the server has not seen these.',
        evidence: (0,at_server/* evidenceOf */.X1)(finding),
    }),
};
function whatTookThem(finding) {
    const { host, answeredBy, proxy } = finding;
    if (answeredBy !== undefined) {
        return `${(0,at_server/* answers */.GA)(finding)} ${(0,at_server/* statusOf */.c2)(finding)} and says that no keys arrived: those for ${host} are sent to no other host.`;
    }
    return proxy === undefined
        ? `${host} says that no keys arrived, although they were sent: a gateway or mirror in between removed them.`
        : `${host} says that no keys arrived, although they were sent: the proxy ${proxy} probably removed them.`;
}
function whoBetween(finding, site) {
    if (finding.proxy !== undefined)
        return 'Anyone who can edit this workflow, or the team that runs the proxy.';
    const team = (0,phrases/* teamBetween */.wX)(finding, site);
    return `Whoever runs ${finding.host}${team === undefined ? '' : `; otherwise the team that runs ${team}`}.`;
}
function keys_not_received_stepsFor(finding, site) {
    const { host, answeredBy, proxy } = finding;
    const team = (0,phrases/* teamBetween */.wX)(finding, site);
    if (answeredBy !== undefined) {
        return [
            `If the repository has moved, use its new URL at ${answeredBy} in composer.json and in \`repository-url\`.`,
            `If it has not moved, ask whoever runs ${host} why it redirects.`,
        ];
    }
    return proxy === undefined
        ? [
            `If ${host} is a mirror of yours, have it send its own keys upstream.`,
            `Otherwise ask whoever runs ${host} whether a gateway in front of it passes the \`Authorization\` header on${team === undefined ? '' : `; if it does, something in ${team} removes it`}.`,
        ]
        : [
            `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
            'Or have the proxy pass the `Authorization` header on.',
        ];
}

;// CONCATENATED MODULE: ./lib/problems/keys-rejected.js




const keysRejected = {
    title: 'The repository rejects the keys',
    atMost: 'error',
    severity: at_server/* severityAtServer */.Q3,
    byCredentials: problem/* always */.Gk,
    explain: (finding, site) => ({
        // The second step names the secrets as well.
        cause: (0,at_server/* withMeaning */.iO)((0,phrases/* joined */.oR)([rejected(finding, site), saysMore(finding) ? '' : handedOver(finding.from)]), finding),
        fix: [...keys_rejected_stepsFor(finding, site), ...onePair(finding)].slice(0, 3),
        who: isRepeated(finding)
            ? `Whoever runs the mirror; otherwise ${(0,phrases/* lowered */.DM)((0,phrases/* keyOwner */.XW)(finding.host, ...savedIn(finding.from, site)))}`
            : (0,phrases/* keyOwner */.XW)(finding.host, ...savedIn(finding.from, site)),
        composerSays: (0,at_server/* saysFor */.u)(finding),
        evidence: (0,at_server/* evidenceOf */.X1)(finding),
        background: 'The server’s answer is the same for an old pair, a disabled or deleted one, a key that was cut or mistyped when it was copied, and two halves of different pairs. Composer also reads auth.json beside composer.json, the variable `COMPOSER_AUTH`, `config` in composer.json and config.json in its home; an old pair may be in one of them.',
    }),
};
/** What two accounts at one host come to. */
function onePair({ host, neighbour }) {
    return neighbour === undefined
        ? []
        : [
            `If these are for ${neighbour}: Composer holds one pair for each host. Use an account that may read both repositories of ${host}.`,
        ];
}
function rejected({ host, serverText, from }, site) {
    return (0,phrases/* isAdobe */.oJ)(host)
        ? `${host} rejects ${theirs('keys', from, site)} (HTTP 401): they are wrong, disabled or deleted.`
        : (0,phrases/* withServerText */.BI)(`${host} rejects ${theirs('credentials', from, site)} (HTTP 401)`, serverText);
}
/** What a repository says that has nothing more to say than its status. Adobe's sentence, which mirrors repeat. */
const KEYS_INVALID = /\b(?:keys|credentials|password|token)\b.*\binvalid\b|\binvalid\b.*\b(?:keys|credentials|password|token)\b/i;
/** Whether the repository explains itself in words that are not known. */
function saysMore({ host, serverText }) {
    return !(0,phrases/* isAdobe */.oJ)(host) && serverText !== undefined;
}
/** Whether another host rejects keys in Adobe's words, as a mirror does whose own keys fail. */
function isRepeated({ host, serverText = '' }) {
    return !(0,phrases/* isAdobe */.oJ)(host) && /\b(?:Magento authentication keys|Marketplace account)\b/.test(serverText);
}
function keys_rejected_stepsFor(finding, site) {
    const { host, from } = finding;
    const save = saveThem(from, host, site);
    if (!(0,phrases/* isAdobe */.oJ)(host)) {
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
                `If you get new credentials for it, ${(0,phrases/* lowered */.DM)(save)}`,
            ]
            : [get, save];
    }
    return [
        'If the keys worked yesterday and nobody changed them, first run the job again later: outages have looked like this.',
        `Look for the public key under ${phrases/* ACCESS_KEYS */.OW}. If it is disabled, enable it; if it is missing or unknown, create a new pair.`,
        save,
    ];
}

;// CONCATENATED MODULE: ./lib/problems/keys-swapped.js





const keysSwapped = {
    title: 'Public and private key are swapped',
    atMost: 'error',
    severity: at_server/* severityAtServer */.Q3,
    byCredentials: problem/* always */.Gk,
    explain: (finding, site) => ({
        cause: (0,phrases/* joined */.oR)([
            `${finding.host} accepts ${theirs('keys', finding.from, site)} only the other way round.`,
            handedOver(finding.from),
        ]),
        fix: [
            finding.from.from === 'inputs'
                ? 'Swap the values of the two secrets, or the two names in the workflow, but not both.'
                : `Swap user name and password ${finding.from.from === 'composer-auth' ? `of ${finding.host} in \`composer-auth\`` : `in ${heldIn(finding.from, site)}`}.`,
            'Consider a new pair afterwards: to find this out, the private key was sent as a user name, which servers may log.',
        ],
        who: (0,phrases/* withNewKeys */.vJ)(finding.from.from === 'elsewhere' ? `${(0,people/* whoEdits */.M)(...savedIn(finding.from, site))}.` : phrases/* WORKFLOW_EDITOR */.uE),
        composerSays: (0,at_server/* saysFor */.u)(finding),
        background: 'Both halves look alike, so only the server can tell which is which.',
    }),
};

// EXTERNAL MODULE: ./lib/bounds/json-values.js
var json_values = __nccwpck_require__(210);
;// CONCATENATED MODULE: ./lib/problems/manifest-invalid.js






const manifestInvalid = {
    title: 'composer.json or composer.lock cannot be read',
    atMost: 'error',
    // Composer reads what is too large for this check, if PHP has the memory.
    severity: ({ reason, stopsOnly }) => (stopsOnly === undefined && reason !== 'too-large' ? 'error' : 'warning'),
    byCredentials: problem/* never */.Zm,
    explain({ place: { path, position }, reason, stopsOnly, folder = '' }, site) {
        const meaning = stopsOnly === undefined
            ? ''
            : ` ${(0,composer_versions/* namesOfVersions */.Zl)(stopsOnly)} stop at it; other versions resolve this conflict by themselves.`;
        return {
            ...titleFor(path, reason),
            cause: `${(0,shown_path/* shownPath */.pS)(path, site)} ${wrong(reason, position, folder)}.${meaning}`,
            fix: [stepFor(reason, path, site)],
            who: `${manifest_invalid_whoFor(reason)}.`,
            // Of those that stop at it some have words of their own.
            composerSays: stopsOnly === undefined ? manifest_invalid_composerSaysOf(path, reason, folder) : undefined,
            background: backgroundOf(reason),
        };
    },
};
function backgroundOf(reason) {
    switch (reason) {
        case 'too-large':
            return `This action reads composer.json up to ${inWords(json_values/* WRITTEN_BY_HAND */.gH)}, composer.lock up to ${inWords(json_values/* WRITTEN_BY_COMPOSER */.Hw)}.`;
        case 'missing-folder':
            return 'Composer stops there as soon as it looks for a package in that repository.';
        case 'no-lock-to-renew':
            return 'With `config.lock: false` Composer reads none.';
        case 'no-lock':
            return 'What a partial update does not name stays as composer.lock has it. With `config.lock: false` Composer reads none.';
        default:
            return 'Composer stops at such a file before it asks any repository.';
    }
}
function manifest_invalid_whoFor(reason) {
    if (reason === 'missing-folder')
        return (0,people/* whoEdits */.M)('composer.json', 'workflow');
    return isWithoutLock(reason) ? (0,people/* whoEdits */.M)('composer.lock', 'workflow') : 'Anyone who can edit the project';
}
function isWithoutLock(reason) {
    return reason === 'no-lock' || reason === 'no-lock-to-renew';
}
/** Of `COMPOSER=other.json` neither name is true. */
function titleFor(path, reason) {
    const [, name] = /(?:^|[\\/])(composer\.(?:json|lock))$/.exec(path) ?? [];
    if (isWithoutLock(reason))
        return { title: 'A partial update needs a composer.lock' };
    if (reason === 'missing-folder')
        return { title: 'The folder of a path repository is missing' };
    if (reason === 'too-large')
        return { title: `${name ?? 'A file of the project'} is too large to be checked` };
    return name === undefined ? {} : { title: `${name} cannot be read` };
}
function inWords({ bytes, values }) {
    return `${bytes / 1024 / 1024} MiB and ${values.toLocaleString('en')} values`;
}
/** As Composer names it: from the folder that it runs in, unless `COMPOSER` names another. Source: `Factory::getComposerFile`. */
function asNamed(path) {
    const name = /(?:^|[\\/])(composer\.(?:json|lock))$/.exec(path)?.[1];
    return name === undefined ? path : `./${name}`;
}
/** Continues the path. */
function wrong(reason, position, folder) {
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
        case 'missing-folder':
            return `names a path repository, ${folder}, and no such folder is there`;
        default:
            return WHOLE[reason];
    }
}
/** What is wrong with a file as a whole, at no place in it. */
const WHOLE = {
    empty: 'is empty, which is not valid JSON',
    'not-utf-8': 'is not UTF-8 text',
    'byte-order-mark': 'begins with a byte order mark',
    'not-an-object': 'does not hold a JSON object',
    'no-lock': 'has no composer.lock beside it that Composer reads, and `composer-command` names packages to update',
    'no-lock-to-renew': 'has no composer.lock beside it that Composer reads, and `update --lock` writes that anew',
    'too-large': 'is larger than any that a project is known to have, so the packages that it needs were not checked',
    permission: 'cannot be read by this job’s user',
};
function manifest_invalid_composerSaysOf(path, reason, folder) {
    switch (reason) {
        case 'permission':
            return `The file "${asNamed(path)}" is not readable.`;
        // Not known word for word: Composer has no sentence of its own for these.
        case 'too-large':
        case 'not-an-object':
            return undefined;
        case 'byte-order-mark':
            return phrases/* BOM_DETECTED */.uW;
        case 'no-lock-to-renew':
            return 'Cannot update lock file information without a lock file present. Run `composer update` to generate a lock file.';
        case 'no-lock':
            return 'Cannot update only a partial set of packages without a lock file present. Run `composer update` to generate a lock file.';
        case 'missing-folder':
            // Composer names the path with its variables filled in.
            return /^~|[$%]/.test(folder)
                ? undefined
                : `The \`url\` supplied for the path (${folder}) repository does not exist`;
        default:
            return (0,phrases/* noValidJson */.p9)(asNamed(path));
    }
}
function stepFor(reason, path, { platform }) {
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
            return platform === 'win32'
                ? 'Let the job’s user read the file (Properties → Security), or close the program that has it open.'
                : 'Give the file to the job’s user: a step that ran as root or in a container may have created it.';
        case 'too-large':
            return 'If a step overwrote the file by mistake, restore it from version control.';
        case 'missing-folder':
            return 'Correct the `url`, or create the folder before this step: it may be a submodule that the checkout leaves out.';
        case 'no-lock-to-renew':
            return 'Commit composer.lock, or run `composer update` and set `composer-command: update`.';
        case 'no-lock':
            return 'Commit composer.lock, or run `composer update` without names and set `composer-command: update`.';
        case 'empty':
            return 'Restore the file from version control, and see which step overwrote it.';
        default:
            return isLock
                ? 'Restore composer.lock from version control, or write it anew with `composer update`.'
                : 'Correct the file at that place; `composer validate` shows the line as well.';
    }
}

// EXTERNAL MODULE: ./lib/problems/connection-messages.js
var connection_messages = __nccwpck_require__(5803);
;// CONCATENATED MODULE: ./lib/problems/proxy-failed.js




const proxyFailed = {
    title: 'The proxy does not work for this repository',
    atMost: 'error',
    severity: (finding) => (UNTRIED.includes(finding.failure.type) || !(0,at_server/* failsCommand */.VR)(finding) ? 'warning' : 'error'),
    byCredentials: problem/* never */.Zm,
    explain(finding) {
        // Of a variable that cannot be used nobody but its author needs to know more.
        const asked = finding.failure.type === 'proxy-refused' || finding.failure.type === 'proxy-unreachable';
        return {
            ...proxy_failed_wordsFor(finding),
            composerSays: (0,connection_messages/* connectionFailureSays */.LL)(finding.url, finding.failure),
            ...(asked ? { evidence: (0,at_server/* evidenceOf */.X1)(finding) } : {}),
        };
    },
};
/** Nothing is known, neither good nor bad: only curl can speak to the proxy, or the keys must not go there. */
const UNTRIED = ['proxy-unsupported', 'leaves-machine'];
const AUTHOR = `${(0,people/* whoEdits */.M)('workflow')}, or the runner’s settings.`;
function proxy_failed_wordsFor({ host, proxy, failure, variable: name, hasCredentials, }) {
    const variable = name === undefined ? 'the variable of the proxy' : `\`${name}\``;
    const bypass = `Or add ${host} to \`no_proxy\`, if this runner can reach it directly.`;
    switch (failure.type) {
        case 'proxy-refused':
            return failure.status === 407
                ? {
                    title: 'The proxy asks for a user name and password',
                    cause: `The proxy ${proxy} asks for credentials (407): ${hasCredentials ? `those in ${variable} are wrong` : `${variable} holds none`}.`,
                    fix: [
                        `Put ${hasCredentials ? 'the right ones' : 'them'} into ${variable}, percent-encoded and from a secret: \`http://user:password@proxy:port\`.`,
                        bypass,
                    ],
                    who: `${(0,people/* whoEdits */.M)('workflow', 'secrets')}, with the team that runs the proxy.`,
                }
                : {
                    title: 'The proxy refuses the connection',
                    cause: `The proxy ${proxy} answers ${failure.status} and does not connect to ${host}.`,
                    fix: [`Ask the team that runs the proxy to allow ${host}.`, bypass],
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
                cause: `The variable ${failure.variable} names a proxy that is neither http nor https (for example SOCKS), so nothing was checked. Composer may still work.`,
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
                fix: [
                    `Correct ${variable}, which names this proxy.`,
                    bypass,
                    'If it is right, ask the team that runs the proxy.',
                ],
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
    byCredentials: problem/* never */.Zm,
    explain: ({ host, url, packages, version, named, byVariable }) => ({
        cause: `${byVariable ? 'The variable `COMPOSER_POLICY_COOLDOWN_PERIOD`' : 'The setting `policy.cooldown`'} sets a cooldown for new versions, but ${host} does not say when ${(0,phrases/* namesOf */.eZ)(packages)} ${packages.length > 1 ? 'were' : 'was'} published. ${(0,composer_versions/* namesOfVersions */.Zl)((0,version_rules/* versionsWith */.Yp)('knowsCooldown'))} stop at that.`,
        fix: [
            named
                ? `Add \`"require-published-time": false\` to this repository in composer.json.`
                : `Name the repository so: \`--repository='{"type":"composer","url":"${url}","require-published-time":false}'\`.`,
            byVariable ? 'Or unset the variable.' : 'Or remove `policy.cooldown` from `config`.',
        ],
        who: `${(0,people/* whoEdits */.M)(...(named || !byVariable ? ['composer.json'] : []), ...(named && !byVariable ? [] : ['workflow']))}.`,
        composerSays: `${packages[0]} ${version} from composer repo (${url}) has no published-time, so the cooldown policy configured in "policy.cooldown" cannot tell whether it is new or old.`,
        background: 'With that setting Composer goes by the time that the package itself gives, which is weaker: whoever publishes it writes it. Repositories of the older kind (v1), such as repo.magento.com, send no time of their own.',
    }),
};

;// CONCATENATED MODULE: ./lib/problems/rate-limited.js


const rateLimited = {
    title: 'Too many requests to the repository',
    atMost: 'error',
    severity: at_server/* severityOfWait */.Sd,
    byCredentials: problem/* never */.Zm,
    explain: (finding) => ({
        cause: (0,at_server/* causeOfBusy */.sp)(`${(0,at_server/* answers */.GA)(finding)} 429 Too Many Requests${(0,at_server/* eachTime */.f9)(finding)}, so it limits this account or address`, finding),
        fix: [
            (0,at_server/* ifItFails */.ui)('Run the job again later.', finding),
            'Start fewer jobs at the same time, and cache Composer’s files between them.',
        ],
        who: 'Anyone who can edit this workflow.',
        composerSays: (0,at_server/* saysFor */.u)(finding),
        evidence: (0,at_server/* evidenceOf */.X1)(finding),
    }),
};

// EXTERNAL MODULE: ./lib/composer/origin.js
var origin = __nccwpck_require__(7322);
;// CONCATENATED MODULE: ./lib/problems/repository-not-found.js





const repositoryNotFound = {
    title: 'There is no Composer repository at this URL',
    atMost: 'error',
    severity: at_server/* severityAtServer */.Q3,
    byCredentials: isHidden,
    explain: (finding, site) => ({
        ...repository_not_found_titleFor(finding),
        cause: (0,at_server/* withMeaning */.iO)(missing(finding), finding),
        fix: isHidden(finding) ? stepsAtGitLab(finding, site) : repository_not_found_stepsFor(finding),
        who: isHidden(finding) ? (0,phrases/* keyOwner */.XW)(finding.host, 'composer.json', ...savedIn(finding.from, site)) : repository_not_found_whoFor(finding),
        composerSays: (0,at_server/* saysFor */.u)(finding),
        background: 'Missing entitlement does not look like this: it hides single packages, not packages.json.',
        evidence: (0,at_server/* evidenceOf */.X1)(finding),
    }),
};
function repository_not_found_titleFor(finding) {
    if (isHidden(finding)) {
        const seenBy = finding.from.from === 'nowhere' ? 'without a token' : 'to these credentials';
        return { title: `GitLab shows no Composer repository ${seenBy}` };
    }
    if (!isRoot(finding))
        return { title: 'A file of the repository is missing' };
    return isRight(finding) ? { title: 'repo.magento.com does not answer as a Composer repository' } : {};
}
function isRoot({ url }) {
    return (0,phrases/* fileNameOf */.bV)(url) === 'packages.json';
}
/** Whether the address is Adobe's own, which holds a repository whatever answers there today. */
function isRight({ url }) {
    return url === ADOBE_ROOT;
}
const ADOBE_ROOT = (0,origin/* packagesJsonUrl */.v_)(`https://${origin/* ADOBE_HOST */.rw}`);
/** Whether it is the package registry of a GitLab, by its path: that answers 404 to whoever may not see a group. */
function isHidden({ url }) {
    return /\/api\/v4\/[^?#]*\/-\/packages\/composer\//.test(url);
}
function stepsAtGitLab({ host, from }, site) {
    const url = 'If the token is fine, correct the number or path of the group or project in `url`.';
    if (from.from === 'nowhere') {
        return [
            `Add a token, from a secret, to \`composer-auth\`: \`"gitlab-token": {"${host}": {"username": "…", "token": "…"}}\`.`,
            'Give it the scope `read_api`; a deploy token takes `read_package_registry`.',
            url,
        ];
    }
    return [
        'See whether the token has expired, and whether it may read the packages of this group or project (`read_api`, or `read_package_registry` of a deploy token).',
        `Save a new one in ${from.from === 'elsewhere' ? heldIn(from, site) : 'the secret for `composer-auth`'}.`,
        url,
    ];
}
function missing(finding) {
    const { url, serverText } = finding;
    if (isHidden(finding)) {
        const token = finding.from.from === 'nowhere' ? 'a missing token' : 'a wrong or expired token';
        const start = `${(0,at_server/* answers */.GA)(finding)} ${(0,at_server/* statusOf */.c2)(finding)} for ${(0,phrases/* fileNameOf */.bV)(url)}`;
        return `${(0,phrases/* withServerText */.BI)(start, serverText).replace(/\.$/, '')}. GitLab gives the same answer to ${token}.`;
    }
    const start = `${(0,at_server/* answers */.GA)(finding)} ${(0,at_server/* statusOf */.c2)(finding)} for ${isRoot(finding) ? url : (0,phrases/* fileNameOf */.bV)(url)}`;
    if (serverText !== undefined)
        return (0,phrases/* withServerText */.BI)(start, serverText);
    if (isRight(finding))
        return `${start}, the address of its repository: it is not available, or something answers in its place.`;
    return isRoot(finding) ? `${start}: no repository is there.` : `${start}, which the repository itself lists.`;
}
function repository_not_found_stepsFor(finding) {
    const { host, place } = finding;
    const bypass = (0,phrases/* bypassToTest */.MR)(finding);
    if (isRight(finding)) {
        return [(0,at_server/* ifItFails */.ui)(phrases/* TRY_AGAIN_LATER */.kB, finding), ...bypass];
    }
    if (!isRoot(finding)) {
        return [
            (0,at_server/* ifItFails */.ui)('Run the job again in a few minutes: the repository may be changing.', finding),
            ...bypass,
            `If the file stays missing, ask whoever runs ${host}.`,
        ];
    }
    if ((0,phrases/* isAdobe */.oJ)(host)) {
        return [
            'Use `https://repo.magento.com/` in `repository-url` and composer.json, without a path behind it.',
            ...bypass,
        ];
    }
    // composer.json names the repository at that line, so its own `url` may be the wrong one.
    const where = place === undefined ? '`repository-url`' : '`url` at this line, and `repository-url` if it is the same';
    const others = `If the path is right, check the credentials with whoever runs ${host}: some servers answer 404 to wrong ones.`;
    return [`Correct the path in ${where}: it must lead to the folder of packages.json.`, others, ...bypass];
}
function repository_not_found_whoFor(finding) {
    if (!isRoot(finding) || isRight(finding))
        return (0,phrases/* otherwiseServer */.Yk)(phrases/* RERUNS */.KB, finding);
    if ((0,phrases/* isAdobe */.oJ)(finding.host))
        return `${(0,people/* whoEdits */.M)('composer.json', 'workflow')}.`;
    const editor = (0,people/* whoEdits */.M)(...(finding.place === undefined ? [] : ['composer.json']), 'workflow');
    return `${editor}; for credentials, whoever runs ${finding.host}.`;
}

;// CONCATENATED MODULE: ./lib/problems/repository-unavailable.js



const repositoryUnavailable = {
    title: 'The repository is not available',
    atMost: 'error',
    severity: at_server/* severityOfWait */.Sd,
    byCredentials: problem/* never */.Zm,
    explain: (finding) => ({
        cause: (0,at_server/* causeOfBusy */.sp)(`${(0,at_server/* answers */.GA)(finding)} ${(0,at_server/* statusOf */.c2)(finding)}${(0,at_server/* eachTime */.f9)(finding)}${(0,at_server/* through */.sc)(finding)}: it, or a gateway in front of it, is down or overloaded`, finding),
        fix: [(0,at_server/* ifItFails */.ui)(phrases/* TRY_AGAIN_LATER */.kB, finding), ...(0,phrases/* bypassToTest */.MR)(finding)],
        who: (0,phrases/* otherwiseServer */.Yk)(phrases/* RERUNS */.KB, finding),
        composerSays: (0,at_server/* saysFor */.u)(finding),
        ...((0,phrases/* isAdobe */.oJ)(finding.host)
            ? { background: `For Magento Open Source alone, ${phrases/* MIRROR */.S$} serves the same packages without keys.` }
            : {}),
        evidence: (0,at_server/* evidenceOf */.X1)(finding),
    }),
};

;// CONCATENATED MODULE: ./lib/problems/repository-unreachable.js





const repositoryUnreachable = {
    title: 'The repository cannot be reached',
    atMost: 'error',
    // Where nothing was sent nothing was seen, neither good nor bad.
    severity: (finding) => (UNSENT.includes(finding.failure.type) ? 'warning' : (0,at_server/* severityAtServer */.Q3)(finding)),
    byCredentials: problem/* never */.Zm,
    explain(finding, site) {
        const { cause, fix, who = (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* RERUNS */.KB, finding, site), ...rest } = unreachable(finding, site);
        return {
            ...rest,
            cause: (0,at_server/* withMeaning */.iO)(cause, finding),
            fix,
            who,
            composerSays: (0,connection_messages/* connectionFailureSays */.LL)(finding.url, finding.failure),
            evidence: (0,at_server/* evidenceOf */.X1)(finding),
        };
    },
};
/** Where the keys must not go, and where no time was left. */
const UNSENT = ['leaves-machine', 'out-of-time'];
function unreachable(finding, site) {
    const { host, failure } = finding;
    const way = (0,at_server/* through */.sc)(finding);
    const again = (0,at_server/* ifItFails */.ui)(phrases/* TRY_AGAIN */.RG, finding);
    const check = site.selfHosted === false
        ? []
        : [
            `On this runner, check that a firewall lets ${host} through${finding.proxy === undefined ? `, or set \`${new URL(finding.url).protocol === 'https:' ? 'https_proxy' : 'http_proxy'}\` if it needs a proxy` : ''}.`,
        ];
    switch (failure.type) {
        case 'dns':
            return unresolved(finding, failure, site);
        case 'refused':
            return refused(finding, check, site);
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
                who: `${(0,people/* whoEdits */.M)('workflow')}, or the runner’s settings.`,
            };
        case 'out-of-time':
            return {
                title: 'Not checked: this step’s time was used up',
                cause: `Nothing was asked of ${host}: reading the project, or asking other servers, took all the time that this step gives to its requests.`,
                fix: [
                    'Raise the input `timeout`: all requests together get twice that for each try, and 180 seconds at most.',
                    'Or set `check: access`, which reads no project.',
                ],
                who: `${phrases/* EDITS_WORKFLOW */.Eu}.`,
            };
        case 'connect-timeout':
            return {
                cause: `No connection to ${host}${way} within ${(0,phrases/* inSeconds */.F7)(failure.seconds)}: a firewall drops the packets, or the server is down.`,
                fix: [again, ...check],
            };
        case 'timeout':
            return {
                title: 'The repository did not answer in time',
                cause: `No complete answer from ${host}${way} within ${(0,phrases/* inSeconds */.F7)(failure.seconds)}. Composer would wait up to 300 seconds.`,
                fix: [
                    (0,at_server/* ifItFails */.ui)(failure.budget
                        ? 'Raise the input `retries` or `timeout`.'
                        : `Raise the input \`timeout\` (now ${(0,phrases/* inSeconds */.F7)(failure.seconds)}).`, finding),
                    `Or ${(0,phrases/* lowered */.DM)(phrases/* TRY_AGAIN */.RG)}`,
                    ...check,
                ],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
            };
        default:
            return {
                cause: `The connection to ${host}${way} failed${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
                fix: [again, ...check],
            };
    }
}
/** A wrong address in the settings is as likely as a network; of Adobe's there is only one. */
function refused(finding, check, site) {
    const { host } = finding;
    const { where, file } = (0,phrases/* addressAt */.c)(finding.place);
    const cause = `${host} refused the connection${(0,at_server/* through */.sc)(finding)}: nothing listens there, or a firewall refuses it.`;
    const again = (0,at_server/* ifItFails */.ui)(phrases/* TRY_AGAIN */.RG, finding);
    if ((0,phrases/* isAdobe */.oJ)(host))
        return { cause, fix: [again, ...check] };
    return {
        cause,
        fix: [again, `Check the host and port in ${where}.`, ...check],
        who: (0,phrases/* otherwiseNetworkTeam */.Y3)(`${phrases/* RERUNS */.KB}; to correct the address, ${(0,phrases/* lowered */.DM)((0,people/* whoEdits */.M)(file))}`, finding, site),
    };
}
/** What the steps for an unknown name need of those who run a network. */
function whatForTeam({ selfHosted }) {
    if (selfHosted === undefined)
        return 'a self-hosted runner or DNS';
    return selfHosted ? 'DNS' : 'a self-hosted runner';
}
function unresolved(finding, { host, unknown }, site) {
    const dns = `On this runner or in its container, check DNS: \`getent hosts ${host}\` must print an address.`;
    const look = site.selfHosted === false ? [] : [dns];
    const again = (0,at_server/* ifItFails */.ui)(phrases/* TRY_AGAIN */.RG, finding);
    if (!unknown)
        return { cause: `DNS gave no answer for ${host}.`, fix: [again, ...look] };
    if ((0,phrases/* isAdobe */.oJ)(host))
        return { cause: `DNS does not know ${host} on this runner.`, fix: [again, ...look] };
    const { where, file } = (0,phrases/* addressAt */.c)(finding.place);
    return {
        cause: `DNS does not know the host ${host}: it is misspelled, or known only in another network.`,
        fix: [
            `Check the spelling of the host in ${where}.`,
            ...(site.selfHosted === true
                ? []
                : [`If ${host} is known only in your own network, use a self-hosted runner there.`]),
            ...look,
        ],
        who: `${(0,people/* whoEdits */.M)(file)}; for ${whatForTeam(site)}, the team that runs ${site.selfHosted === false ? 'your' : 'that'} network.`,
    };
}

;// CONCATENATED MODULE: ./lib/problems/tls-failed.js






const tlsFailed = {
    title: 'No secure connection to the repository',
    atMost: 'error',
    // Nothing is known, neither good nor bad, of certificates that are too many to be read here. And whoever put an authority into
    // the system's store may have named it to PHP as well: what its php.ini says is not known here.
    severity: (finding) => (isUnknown(finding.failure) ? 'warning' : (0,at_server/* severityAtServer */.Q3)(finding)),
    byCredentials: problem/* never */.Zm,
    explain(finding, site) {
        const { failure } = finding;
        if (failure.type === 'trust-file')
            return untrustable(failure, site);
        const shown = failure.type === 'tls' ? failure : UNSEEN;
        return {
            ...((0,connection_messages/* speaksNoTls */.gy)(shown.code) ? noTls(finding, shown.code, site) : notTrusted(finding, shown, site)),
            composerSays: (0,connection_messages/* connectionFailureSays */.LL)(finding.url, failure),
            evidence: (0,at_server/* evidenceOf */.X1)(finding),
        };
    },
};
const UNSEEN = {
    type: 'tls',
    code: 'UNKNOWN',
    issuer: undefined,
    nodeTrustsAll: false,
    inUnreadStore: false,
};
function isUnknown(failure) {
    return failure.type === 'trust-file'
        ? failure.reason === 'too-large'
        : failure.type === 'tls' && failure.inUnreadStore;
}
function untrustable({ path: whole, source: setBy, setting, reason }, site) {
    const path = (0,shown_path/* shownPath */.pS)(whole, site);
    const source = (0,shown_path/* shownPath */.pS)(setBy, site);
    const who = source.endsWith('.json')
        ? `${(0,people/* whoEdits */.M)(source)}.`
        : 'Whoever set it: the author of the workflow, or the team that runs the runner.';
    if (reason === 'too-large') {
        return {
            title: 'Not checked: too many trusted certificates',
            cause: `${source} names ${path}, which holds more certificates than this action reads (4 MiB), so nothing was checked.`,
            fix: ['Name a file or folder that holds only the CA certificates that this job needs.'],
            who,
            composerSays: undefined,
            background: 'Composer reads them all.',
        };
    }
    return {
        title: 'The configured certificate file cannot be used',
        cause: `${source} names ${path}, which ${UNTRUSTABLE[reason]}.`,
        fix: [
            reason === 'unreadable'
                ? 'Let the job’s user read it, or correct the path.'
                : 'Correct the path, or put a PEM file with the CA certificates there.',
            `Or remove the setting (${source}), so that the system’s certificates are used.`,
        ],
        who,
        composerSays: `The configured ${setting} was not valid or could not be read.`,
    };
}
/** Continues the path of a file or folder that is to name the authorities. */
const UNTRUSTABLE = {
    missing: 'does not exist',
    unreadable: 'this job’s user cannot read',
    'no-certificate': 'holds no certificate in PEM form',
    broken: 'holds a broken certificate',
};
function noTls(finding, code, site) {
    const { host, url, place } = finding;
    const { where, file } = (0,phrases/* addressAt */.c)(place);
    return {
        cause: `${host} does not speak TLS on this port (${code}): a plain http server, or a firewall, answers there.`,
        fix: [`Check the host and port in ${where}.`, elsewhereToCompare(url)],
        who: (0,phrases/* otherwiseNetworkTeam */.Y3)((0,people/* whoEdits */.M)(file), finding, site),
    };
}
function notTrusted(finding, { code, issuer, nodeTrustsAll, inUnreadStore }, site) {
    const { host, nodeExtraCaCerts } = finding;
    const forNode = [
        ...(nodeExtraCaCerts ? ['`NODE_EXTRA_CA_CERTS`'] : []),
        ...(nodeTrustsAll ? ['`NODE_TLS_REJECT_UNAUTHORIZED`'] : []),
    ];
    const extra = forNode.length === 0 ? '' : ` Composer does not read ${forNode.join(' or ')}, which this job sets.`;
    // Of two sentences the one on what the job sets tells more.
    const issued = issuer === undefined || nodeExtraCaCerts ? '' : ` It was issued by “${issuer}”.`;
    const store = inUnreadStore ? ` ${storeOf(site)} has that authority, but Composer never reads it.` : '';
    return {
        title: 'The repository’s certificate is not trusted',
        cause: `The certificate of ${host} is not trusted: ${(0,connection_messages/* tlsReason */.IS)(code)} (${code}).${issued}${store}${extra}`,
        ...(inUnreadStore ? nameToComposer(finding, site) : tls_failed_stepsFor(finding, { code, issuer }, site)),
    };
}
/** Without credentials a repository answers 401, which shows that the connection is sound. */
function elsewhereToCompare(url) {
    return `${(0,phrases/* askFor */.dq)(url)} from another network: if an answer comes there, even a 401, something in this network answers instead.`;
}
function storeOf({ platform }) {
    return platform === 'win32' ? 'The certificate store of Windows' : 'The keychain of macOS';
}
/** Where such a certificate comes from, and whether the system's own store helps. */
function intercepted(site) {
    const store = site.platform === 'linux'
        ? 'Instead of setting a variable, you can install the authority into the system’s store with `update-ca-certificates`.'
        : `${storeOf(site)} does not help: Composer never reads it.`;
    return `Usually a company’s proxy or firewall opens TLS connections with a certificate of its own. ${store}`;
}
/** The authority is at hand, only not where Composer looks. */
function nameToComposer(finding, site) {
    return {
        fix: [
            'Export the authority from there as a PEM file (Base64), and put it on the runner.',
            NAME_TO_COMPOSER,
            'If `openssl.cafile` in php.ini names such a file already, Composer works: set `SSL_CERT_FILE` to the same file, and this check sees it too.',
        ],
        who: trustTeam(finding, site),
        background: 'Composer reads `COMPOSER_CAFILE`, `SSL_CERT_FILE`, `SSL_CERT_DIR`, `openssl.cafile` in php.ini, a few known files and its own list, in this order, and takes the first that it finds. This action cannot see php.ini.',
    };
}
/** Those who know the authority, and those who name it to Composer. */
function trustTeam(finding, site) {
    const team = (0,phrases/* teamBetween */.wX)(finding, site);
    return team === undefined
        ? `${phrases/* EDITS_WORKFLOW */.Eu} or the runner’s settings, with whoever runs ${finding.host}.`
        : `The team that runs ${team}, with someone who can edit this workflow or the runner’s settings; if that is not the cause, whoever runs ${finding.host}.`;
}
const NAME_TO_COMPOSER = 'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with all CA certificates that the job needs.';
/** Other trust helps only against an authority that is not known here. */
function tls_failed_stepsFor(finding, { code, issuer }, site) {
    const { host, url, place, nodeExtraCaCerts } = finding;
    const { where, file } = (0,phrases/* addressAt */.c)(place);
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
            fix: [`Check the host in ${where}.`, elsewhereToCompare(url)],
            who: (0,phrases/* otherwiseNetworkTeam */.Y3)((0,people/* whoEdits */.M)(file), finding, site),
        };
    }
    const from = hosted ? `whoever runs ${host}` : 'the team that runs the network';
    if (nodeExtraCaCerts) {
        return {
            fix: [
                'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with the certificates of `NODE_EXTRA_CA_CERTS` and all other CA certificates that the job needs.',
                `If it is still not trusted, get the PEM file of ${issuer === undefined ? 'the authority that signed it' : `“${issuer}”`} from ${from}, and add it there.`,
            ],
            who: `Anyone who can edit this workflow, or the runner’s settings; otherwise ${from}.`,
            background: intercepted(site),
        };
    }
    return {
        fix: [
            hosted
                ? `Get the PEM file of the authority that signed it from ${from}, and have a step write it, from a variable or the repository.`
                : `Get the PEM file of the authority that signed it from ${from}, and put it on the runner.`,
            NAME_TO_COMPOSER,
        ],
        who: hosted ? `${phrases/* EDITS_WORKFLOW */.Eu}, with whoever runs ${host}.` : trustTeam(finding, site),
        background: intercepted(site),
    };
}

;// CONCATENATED MODULE: ./lib/problems/failed-answer.js




const AGAIN = 'Run the job again.';
const MOVED = 'If the repository has moved, use its https URL in composer.json and in `repository-url`.';
/** A command for the runner itself, and whom to ask about what it shows. */
function look(finding, site) {
    const { host, url } = finding;
    const there = site.selfHosted === true ? 'on this runner' : 'in a step of this job';
    const team = (0,phrases/* teamBetween */.wX)(finding, site);
    const ask = team === undefined
        ? `About anything else, ask whoever runs ${host}.`
        : `About a login page, ask the team that runs ${team}; about anything else, whoever runs ${host}.`;
    return `${(0,phrases/* askFor */.dq)(url)} ${there} to see what answers (without credentials, 401 is right). ${ask}`;
}
/** The same where the job is to be run again first. */
function lookIfItPersists(finding, site) {
    return `If the problem persists, ${(0,phrases/* lowered */.DM)(look(finding, site))}`;
}
/** Whoever can correct what the server sends. */
function serverTeam({ host, proxy }) {
    return proxy === undefined ? `Whoever runs ${host}.` : `Whoever runs ${host}, or the team that runs the proxy.`;
}
/** Of a redirect that nobody can have wanted. */
function lookElsewhere({ url }) {
    return `${(0,phrases/* askFor */.dq)(url)} from another network: if the redirect is not there, something in this network answers instead.`;
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
    const composerSays = (0,connection_messages/* connectionFailureSays */.LL)(finding.url, failure);
    switch (failure.type) {
        case 'too-large':
        case 'too-many-values':
        case 'too-much':
            return tooLarge(finding, failure);
        case 'malformed':
            return { title: 'The answer is not valid HTTP', ...malformed(finding, failure, site), composerSays };
        case 'truncated':
            return {
                title: 'The repository’s answer is cut off',
                cause: `The answer of ${host} ended early${(0,at_server/* eachTime */.f9)(finding)}${(0,at_server/* through */.sc)(finding)}: the server, or something in between, cut it off.`,
                fix: [
                    (0,at_server/* ifItFails */.ui)(AGAIN, finding),
                    'If the problem persists, try from another network: if it works there, something in this network cuts the answer off.',
                ],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* RERUNS */.KB, finding, site),
                composerSays,
            };
        case 'undecodable':
            return {
                title: 'The repository’s answer cannot be decoded',
                ...undecodable(finding, failure, site),
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
                cause: `${host} gave no answer that can be used${(0,at_server/* through */.sc)(finding)}.`,
                fix: [AGAIN, lookIfItPersists(finding, site)],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
                composerSays,
            };
    }
}
/** More than this action reads, of one answer or of all together. */
function tooLarge(finding, failure) {
    const { host, url } = finding;
    const who = `Anyone who can edit this workflow; otherwise whoever runs ${host}.`;
    const rest = { fix: tooLargeSteps(finding), who, composerSays: undefined };
    if (failure.type === 'too-large') {
        return {
            ...rest,
            title: 'The repository’s answer is too large',
            cause: `${host} answers with more than ${failure.limitMiB} MiB for ${(0,phrases/* fileNameOf */.bV)(url)}. This action stops there; Composer would go on.`,
        };
    }
    return {
        ...rest,
        title: 'Not checked: the repository’s answers are too large',
        cause: `${(0,phrases/* fileNameOf */.bV)(url)} of ${host} is larger than this action reads. Composer would go on, so this is a warning.`,
    };
}
/** No HTTP, or a head that curl refuses too. */
function malformed(finding, { problem }, site) {
    const { where, file } = (0,phrases/* addressAt */.c)(finding.place);
    const cause = `${finding.host} answers${(0,at_server/* through */.sc)(finding)} with ${MALFORMED[problem]}.`;
    if (problem !== 'not-http') {
        return {
            cause,
            fix: [AGAIN, lookIfItPersists(finding, site)],
            who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
        };
    }
    return {
        cause,
        fix: [`Check the port in ${where}.`, AGAIN],
        who: (0,phrases/* otherwiseNetworkTeam */.Y3)(`${phrases/* RERUNS */.KB}; to correct the address, ${(0,phrases/* lowered */.DM)((0,people/* whoEdits */.M)(file))}`, finding, site),
    };
}
/** Only packages.json itself is read for the access alone. */
function tooLargeSteps({ host, url }) {
    const check = (0,phrases/* fileNameOf */.bV)(url) === 'packages.json' ? 'off' : 'access';
    return [
        `If the repository really is that large, set \`check: ${check}\`: Composer is not affected.`,
        `If not, ask whoever runs ${host}.`,
    ];
}
/** A body that is not what its header says. */
function undecodable(finding, { problem, encoding }, site) {
    const { host, proxy } = finding;
    if (problem === 'unknown') {
        return {
            cause: `The answer of ${host}${(0,at_server/* through */.sc)(finding)} is encoded as ${encoding}, which Composer cannot decode.`,
            fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to send gzip.`],
            who: serverTeam(finding),
        };
    }
    return {
        cause: `${host} answers with a body that does not match its Content-Encoding header (${encoding})${(0,at_server/* through */.sc)(finding)}: ${problem === 'broken' ? `it is damaged, or not ${encoding} at all` : UNDECODABLE[problem]}.`,
        fix: [AGAIN, lookIfItPersists(finding, site)],
        who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
    };
}
/** What is wrong with a redirect, and where it leads. */
function redirectWords(finding, failure) {
    if (failure.type === 'redirect-loop') {
        return {
            title: 'The repository redirects in a loop',
            cause: `${finding.host} redirects more than ${failure.limit} times, at last to ${failure.target}: it is misconfigured, or a login page sends every request back. Composer treats the last redirect as the answer.`,
        };
    }
    const start = `${(0,at_server/* answers */.GA)(finding)} ${failure.status}${(0,at_server/* through */.sc)(finding)}`;
    if (failure.type === 'redirect-downgrade') {
        return {
            title: 'The repository redirects to http',
            cause: `${start}, a redirect from https to ${failure.target ?? 'http'}, where keys could be read on the way. Neither Composer nor this action follows it.`,
        };
    }
    const nowhere = failure.type === 'redirect-without-location'
        ? `${start} for ${(0,phrases/* fileNameOf */.bV)(finding.url)}, a redirect that names no target.`
        : `${start}, a redirect to ${failure.target ?? 'an address with one of these keys in it'}, which is not a usable http(s) URL.`;
    return { title: 'The repository redirects to nowhere', cause: nowhere };
}
/** Who must look where. */
function redirectSteps(finding, failure, site) {
    const { host } = finding;
    if (failure.type === 'redirect-loop') {
        return { fix: [look(finding, site)], who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site) };
    }
    if (failure.type !== 'redirect-downgrade') {
        return {
            fix: [`Ask whoever runs ${host} to correct the redirect.`, lookElsewhere(finding)],
            who: (0,phrases/* serverOrBetween */.le)(finding, site),
        };
    }
    // A redirect to the same name over http moves nothing.
    return failure.target?.startsWith(`http://${host}/`) === true
        ? {
            fix: [lookElsewhere(finding), `If it is there too, ask whoever runs ${host} to correct it.`],
            who: (0,phrases/* networkTeam */.mm)(finding, site),
        }
        : {
            fix: [lookElsewhere(finding), MOVED],
            who: `${(0,phrases/* networkTeam */.mm)(finding, site).slice(0, -1)}; if it has moved, anyone who can edit composer.json and this workflow.`,
        };
}
/** An address over http to another machine: a redirect leads there, or the repository names it. */
function insecureWords({ host, url, answeredBy: target }) {
    const unsafe = 'where keys could be read on the way, so nothing was sent there';
    return target === undefined
        ? {
            title: 'The repository names an address over http',
            cause: `${host} names ${(0,phrases/* fileNameOf */.bV)(url)} over http, ${unsafe}.`,
        }
        : {
            title: 'The repository redirects to http',
            cause: `${host} redirects to ${target} over http, ${unsafe}.`,
        };
}

;// CONCATENATED MODULE: ./lib/problems/unexpected-answer.js






const UNREAD = ['too-much', 'too-many-values'];
const unexpectedAnswer = {
    title: 'This is not a Composer repository’s answer',
    atMost: 'error',
    severity(finding) {
        // Where only this action stops reading nothing is known, neither good nor bad.
        if (finding.what.type === 'failure' && UNREAD.includes(finding.what.failure.type))
            return 'warning';
        // Where the installed Composer is one that stops at it, it is an error.
        return finding.what.type === 'without-uid' ? 'warning' : (0,at_server/* severityAtServer */.Q3)(finding);
    },
    byCredentials: problem/* never */.Zm,
    explain(finding, site) {
        const { cause, ...words } = unexpected_answer_wordsFor(finding, finding.what, site);
        return {
            ...words,
            cause: (0,at_server/* withMeaning */.iO)(cause, finding),
            // Where nothing was sent there is nothing to find.
            ...(finding.trace.connected === undefined ? {} : { evidence: (0,at_server/* evidenceOf */.X1)(finding) }),
        };
    },
};
const LATER = 'Run the job again later.';
const LOOKS_LIKE = {
    html: 'a web page: a maintenance page, or the login page of a network or proxy',
    gzip: 'compressed data without a Content-Encoding header: the server is misconfigured',
    empty: 'an empty body: the server, or a proxy, is failing',
    null: '`null`, where an object must be: the server is failing',
    text: 'something that is not JSON: the URL is wrong, or something else answers',
};
/** What came in the place of an archive. */
const IN_PLACE = {
    html: 'a web page: a login page, or one that says why there is no download',
    json: 'JSON: an error message, perhaps',
    text: 'plain text',
    empty: 'an empty body',
    cut: 'only its beginning',
    'other-format': 'an archive of another format than the lock or the metadata says',
};
function ofPackages({ packages }) {
    return packages.length === 0 ? '' : ` of ${(0,phrases/* namesOf */.eZ)(packages)}`;
}
const ACCOUNT_FIX = (host) => [
    `Sign in at ${host} and see whether the licence for it is still valid.`,
    'Download the file with the same credentials, and read what comes.',
];
const FILE_FIX = (host) => [AGAIN, `If it stays, ask whoever runs ${host}: the file there is broken.`];
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
    const file = (0,phrases/* fileNameOf */.bV)(finding.url);
    switch (what.type) {
        case 'not-json':
            return {
                title: what.looksLike === 'html'
                    ? 'A web page answers in place of the repository'
                    : 'The repository’s answer is not JSON',
                cause: `${(0,at_server/* answers */.GA)(finding)} ${finding.status} for ${file}${(0,at_server/* through */.sc)(finding)} with ${LOOKS_LIKE[what.looksLike]}.`,
                ...notJsonSteps(finding, what.looksLike, site),
                composerSays: (0,failure_message/* composerFailureMessage */.s)(finding.url, { kind: what.looksLike === 'null' ? 'null' : 'not-json' }),
            };
        case 'not-archive': {
            const isBroken = NOT_ARCHIVE_FIX[what.looksLike] === FILE_FIX;
            return {
                title: 'An archive cannot be used',
                cause: `${(0,at_server/* answers */.GA)(finding)} ${finding.status} for the archive ${file}${ofPackages(finding)}${(0,at_server/* through */.sc)(finding)} with ${IN_PLACE[what.looksLike]}.`,
                fix: NOT_ARCHIVE_FIX[what.looksLike](finding.host),
                who: isBroken
                    ? `${phrases/* RERUNS */.KB}; otherwise whoever runs ${finding.host}.`
                    : `Whoever holds the account at ${finding.host}; if the account is fine, whoever runs ${finding.host}.`,
                composerSays: undefined,
                background: 'Composer finds out when it compares the checksum or unpacks the file, and names no host then.',
            };
        }
        case 'status':
            return {
                ...(finding.status === 402
                    ? payment(finding)
                    : {
                        fix: [AGAIN, lookIfItPersists(finding, site)],
                        who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
                    }),
                cause: (0,phrases/* withServerText */.BI)(`${(0,at_server/* answers */.GA)(finding)} ${(0,at_server/* statusOf */.c2)(finding)} for ${file}${(0,at_server/* through */.sc)(finding)}${finding.status === 402 ? ': this account probably has an unpaid invoice' : ', as no Composer repository does'}`, finding.serverText),
                composerSays: (0,at_server/* saysFor */.u)(finding),
            };
        case 'checksum':
            return {
                title: 'A file of the repository has the wrong checksum',
                cause: `${file} from ${host} does not match the checksum that the repository gives for it: the repository is changing, or something in between alters its answers${(0,at_server/* through */.sc)(finding)}.`,
                fix: [
                    (0,at_server/* ifItFails */.ui)('Run the job again in a few minutes.', finding),
                    'If the problem persists, try from another network: if it works there, something in this network alters the answers.',
                ],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* RERUNS */.KB, finding, site),
                composerSays: `The contents of ${finding.url} do not match its signature. This could indicate a man-in-the-middle attack or e.g. antivirus software corrupting files. Try running composer again and report this if you think it is a mistake.`,
            };
        case 'without-uid':
            return {
                title: 'Older versions of Composer cannot read this repository',
                cause: `${file} from ${host} describes versions without \`uid\`, at which Composer before 2.11 stops.`,
                fix: [
                    'Install Composer 2.11 or newer.',
                    `Or ask whoever runs ${host} for the second protocol (\`metadata-url\`), which newer servers speak.`,
                ],
                who: `${phrases/* EDITS_WORKFLOW */.Eu}; for the server, whoever runs ${host}.`,
                composerSays: 'Undefined array key "uid"',
                background: 'Older versions of Artifactory leave it out.',
            };
        case 'unauthorized-elsewhere':
            return unauthorized(finding, host);
        case 'failure':
            return wordsForFailure(finding, what.failure, site);
    }
}
/** The host that a redirect leads to wants credentials of its own. */
function unauthorized(finding, host) {
    return {
        title: 'The repository redirects to a host that wants other credentials',
        cause: `${finding.host} redirects to ${host}, which answers ${(0,at_server/* statusOf */.c2)(finding)}. Credentials for ${finding.host} are never sent to another host.`,
        fix: [
            `If the repository has moved, name ${host} in composer.json and \`repository-url\`.`,
            `Add credentials for ${host}, from a secret, to the input \`composer-auth\`.`,
            `If it has not moved, ask whoever runs ${finding.host} why it redirects.`,
        ],
        who: `${(0,people/* withEditors */.T)(`Whoever holds the account at ${host}`, 'composer.json', 'workflow', 'secrets')}; if it has not moved, whoever runs ${finding.host}.`,
        composerSays: (0,at_server/* saysFor */.u)(finding),
    };
}
/** Payment is between the account's holder and the vendor. */
function payment({ host }) {
    return {
        title: 'The repository asks for a payment',
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
                fix: [(0,at_server/* ifItFails */.ui)(AGAIN, finding), lookIfItPersists(finding, site)],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
            };
        case 'text': {
            const { where, file } = (0,phrases/* addressAt */.c)(finding.place);
            return {
                fix: [`Check the address in ${where}.`, look(finding, site)],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)((0,people/* whoEdits */.M)(file, 'workflow'), finding, site),
            };
        }
        case 'html':
            return {
                fix: [(0,at_server/* ifItFails */.ui)(LATER, finding), `If the page stays, ${(0,phrases/* lowered */.DM)(look(finding, site))}`],
                who: (0,phrases/* otherwiseNetworkTeam */.Y3)(phrases/* EDITS_WORKFLOW */.Eu, finding, site),
            };
    }
}

// EXTERNAL MODULE: ./lib/problems/elsewhere.js
var elsewhere = __nccwpck_require__(9988);
;// CONCATENATED MODULE: ./lib/problems/local-version.js


/** Of a package in a folder, or in composer.json itself: no account makes a difference there. */
function explainLocalVersion({ packages: [name], host, constraint, nearest, unstable }, kind) {
    const where = kind === 'folder' ? `The path repository ${host}` : 'A `package` repository of composer.json';
    const short = unstable ? 'is less stable than what is allowed' : `does not satisfy \`${constraint}\``;
    const versions = areBranches(nearest) ? nearest.join(' or ') : (0,phrases/* enumeration */.eG)(nearest);
    return {
        title: 'A local package has another version than the required one',
        cause: `${where} has ${name} as ${versions}, which ${short}.`,
        fix: kind === 'folder' ? inFolder(nearest) : ['Correct the constraint, or the `version` of the package.'],
        who: `${(0,people/* whoEdits */.M)('composer.json')}.`,
        ...(kind === 'folder'
            ? {
                background: 'Where neither composer.json of a module nor `options.versions` names its version, Composer takes the git branch, or a tag; without git it is dev-main.',
            }
            : {}),
    };
}
/** Of branches no more than one may be there: see `GuessedVersions`. */
function areBranches(versions) {
    return versions.every((version) => /^dev-|-dev$/.test(version));
}
function inFolder(versions) {
    return [
        areBranches(versions)
            ? 'Require it as `@dev`, which takes any branch.'
            : `Correct the constraint, or take ${(0,phrases/* enumeration */.eG)(versions)}.`,
        'Or give it a version that fits: `version` in its composer.json, or `options.versions` of the path repository.',
    ];
}

;// CONCATENATED MODULE: ./lib/problems/version-unavailable.js




const versionUnavailable = {
    title: 'No version visible to these keys matches',
    atMost: 'error',
    severity: ({ mayBeElsewhere }) => (mayBeElsewhere === undefined ? 'error' : 'warning'),
    byCredentials: ({ local }) => local === undefined,
    explain: (finding) => ({
        // Why it is only a warning goes before the versions, which a step names then.
        cause: (0,phrases/* joined */.oR)([unsatisfied(finding), (0,elsewhere/* whyElsewhere */.fG)(finding.mayBeElsewhere, 'one') || version_unavailable_seen(finding)]),
        fix: version_unavailable_stepsFor(finding),
        who: version_unavailable_whoFor(finding),
        composerSays: version_unavailable_composerSaysOf(finding),
        background: finding.unstable
            ? 'What meets the constraint is less stable than what is allowed.'
            : 'A version can be missing because it was withdrawn, is not released to this account yet, or is misspelled.',
        ...(finding.local === undefined ? {} : explainLocalVersion(finding, finding.local)),
    }),
};
function version_unavailable_whoFor({ host, place, unstable, mayBeElsewhere }) {
    const ofLock = place?.path.endsWith('.lock') === true;
    const editor = (0,people/* whoEdits */.M)(place === undefined || ofLock ? 'workflow' : 'composer.json');
    // The step that needs another account is left out where another comes first.
    const account = unstable || ofLock || mayBeElsewhere !== undefined
        ? '.'
        : `; for other keys, ${(0,people/* withEditors */.T)(`the owner of ${(0,phrases/* isAdobe */.oJ)(host) ? 'a Marketplace account' : `an account at ${host}`} that is entitled to it`, 'secrets')}.`;
    return (0,elsewhere/* whoElsewhere */.VW)(mayBeElsewhere, `${editor}${account}`);
}
function unsatisfied({ packages: [name], host, constraint, stability, unstable }) {
    if (!unstable)
        return `${host} shows ${name} to these keys, but no version that satisfies \`${constraint}\`, stable or not.`;
    if (constraint === '*') {
        return `${host} shows ${name} to these keys, but no version of it is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`;
    }
    return `${host} shows ${name} to these keys, but no version that satisfies \`${constraint}\` and is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`;
}
function version_unavailable_seen({ nearest }) {
    return nearest.length === 0
        ? 'It shows no version at all.'
        : `The nearest ${nearest.length === 1 ? 'is' : 'are'} ${(0,phrases/* enumeration */.eG)(nearest)}.`;
}
function version_unavailable_stepsFor(finding) {
    const { host, nearest, unstable, place, mayBeElsewhere } = finding;
    if (place?.path.endsWith('.lock'))
        return [stepForLocked(finding)];
    const these = mayBeElsewhere === undefined ? 'one of these versions' : nearest.join(' or ');
    const correct = nearest.length === 0 ? 'Correct the constraint.' : `Correct the constraint, or take ${these}.`;
    const allow = place === undefined
        ? `For a pre-release, name its version: \`${finding.packages[0]}:${nearest[0] ?? 'VERSION'}\`.`
        : 'For a pre-release, add `@beta` to the constraint, or lower `minimum-stability`.';
    const entitled = (0,phrases/* isAdobe */.oJ)(host)
        ? 'For a version that is not public yet, use keys of an account that is entitled to it.'
        : 'For a paid or early version, use credentials of an account that is entitled to it.';
    const steps = unstable ? [allow, correct] : [correct, ...(mayBeElsewhere === undefined ? [entitled] : [])];
    return (0,elsewhere/* unlessElsewhere */.H7)(mayBeElsewhere, 'one', steps).slice(0, 3);
}
/** Of what the lock has, and is required by another package of it, or by `--lock` as it stands. */
function stepForLocked({ packages: [name], constraint, lockedVersion }) {
    return constraint === lockedVersion
        ? `Run \`composer update ${name}\`, which takes a version that is still there, and commit composer.lock.`
        : `Update what requires ${name} as well, or leave ${name} out: it then stays as composer.lock has it.`;
}
function version_unavailable_composerSaysOf(finding) {
    const { packages: [name], constraint, stability, nearest, unstable, place, } = finding;
    if (place === undefined)
        return (0,phrases/* notSelected */.L2)(name, constraint === '*' ? undefined : constraint, stability);
    // A branch in a folder may be one of several.
    if (finding.local === 'folder' && nearest.length > 1)
        return undefined;
    if (nearest.length === 0)
        return (0,phrases/* notFound */.mX)(name);
    if (finding.temporary !== undefined)
        return temporaryConflict(name, finding.temporary, place);
    if (finding.lockedVersion !== undefined)
        return (0,phrases/* notInstallable */.L5)(name, nearest, unstable);
    const mismatch = unstable ? 'but it does not match your minimum-stability' : 'but it does not match the constraint';
    const found = `found ${name}[${nearest.toReversed().join(', ')}] ${mismatch}.`;
    // In a lock it is another package that requires it.
    return place.path.endsWith('.lock') ? found : `Root composer.json requires ${name} ${constraint}, ${found}`;
}
/** Source: `UpdateCommand.php`, `DependencyResolver/Problem.php`. */
function temporaryConflict(name, { own, constraint, overlaps }, { path }) {
    return overlaps || path.endsWith('.lock')
        ? `it conflicts with your temporary update constraint (${name}:${constraint}).`
        : `The temporary constraint "${constraint}" for "${name}" must be a subset of the constraint in your composer.json (${own})`;
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
    'package-denied': package_denied/* packageDenied */.Cs,
    'version-unavailable': versionUnavailable,
    'auth-file-invalid': authFileInvalid,
    'auth-file-unwritable': authFileUnwritable,
    'auth-file-exposed': authFileExposed,
    'credentials-overridden': credentialsOverridden,
    'credentials-missing': credentialsMissing,
    'insecure-url': insecureUrl,
    'manifest-invalid': manifestInvalid,
    'download-token-rejected': download_token_rejected/* downloadTokenRejected */.q,
    'github-token-insufficient': gitHubTokenInsufficient,
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
function stopsAt({ stopsOnly = composer_versions/* NO_VERSION */.dG }, version) {
    return (0,composer_versions/* isAmong */.FB)(stopsOnly, version) === true;
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


/***/ }),

/***/ 5803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IS: () => (/* binding */ tlsReason),
/* harmony export */   LL: () => (/* binding */ connectionFailureSays),
/* harmony export */   gy: () => (/* binding */ speaksNoTls)
/* harmony export */ });
/* harmony import */ var _composer_failure_message_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6);

/** What Composer prints for a connection that fails; undefined where it depends on curl's version. */
function connectionFailureSays(url, failure) {
    const { hostname, port, protocol } = new URL(url);
    const usual = protocol === 'https:' ? '443' : '80';
    const at = `${hostname} port ${port === '' ? usual : port}`;
    const curl = (code, text) => (0,_composer_failure_message_js__WEBPACK_IMPORTED_MODULE_0__/* .composerFailureMessage */ .s)(url, { kind: 'curl', code, text });
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
            return (0,_composer_failure_message_js__WEBPACK_IMPORTED_MODULE_0__/* .composerFailureMessage */ .s)(url, { kind: 'redirect-without-location', status: failure.status });
        case 'redirect-loop':
            return (0,_composer_failure_message_js__WEBPACK_IMPORTED_MODULE_0__/* .composerFailureMessage */ .s)(url, { kind: 'not-json' });
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


/***/ }),

/***/ 6997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ downloadTokenRejected),
/* harmony export */   u: () => (/* binding */ ADOBE_DOWNLOADS)
/* harmony export */ });
/* harmony import */ var _at_server_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(431);
/* harmony import */ var _connection_messages_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5803);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2637);
/* harmony import */ var _phrases_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(350);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5799);





/** Where Adobe serves archives and patches; ends with a slash. Source: Adobe’s page on authentication keys. */
const ADOBE_DOWNLOADS = 'https://www.magentocommerce.com/products/downloads/';
const downloadTokenRejected = {
    title: 'The download token is rejected',
    atMost: 'error',
    severity: ({ asked }) => (asked?.came.type === 'refusal' ? 'error' : 'warning'),
    byCredentials: _problem_js__WEBPACK_IMPORTED_MODULE_4__/* .always */ .Gk,
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
/** Whoever has the right values; access keys in their place belong to other inputs as well. */
function ownerFor(forms) {
    const isElsewhere = forms.some(({ form }) => form === 'access-key');
    return (0,_people_js__WEBPACK_IMPORTED_MODULE_2__/* .withEditors */ .T)('The owner of the MAGEID', ...(isElsewhere ? ['workflow'] : []), 'secrets');
}
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
            ? `${host} refuses this MAGEID with this token (HTTP ${status})${(0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .through */ .sc)(asked)}: ${why}.`
            : [...forms.map(inWords), `${host} refuses them (HTTP ${status}).`].join(' '),
        fix: stepsFor(forms, [
            `Sign in with the MAGEID, and copy the token: ${PAGE}. Generating a new one replaces the old one, which then stops working everywhere.`,
            `Save both in the secrets for \`mage-id\` and \`download-token\` (${_phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .SECRETS */ .cW}).`,
            ...(perhapsBlocked
                ? [`If that is refused too, try another network: if it works there, a firewall blocks ${address}.`]
                : []),
        ]),
        // Whoever has both values already needs no account.
        who: forms.some(({ form }) => IN_PLACE.includes(form))
            ? _phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .WORKFLOW_EDITOR */ .uE
            : `${ownerFor(forms)}${perhapsBlocked ? `; for a firewall, ${team ?? `whoever runs ${host}`}` : ''}.`,
        composerSays: undefined,
        background: 'A MAGEID has one download token at a time. It is no access key: Composer has nothing to do with it.',
        evidence: (0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .evidenceOf */ .X1)({ ...asked, status, serverText: undefined }),
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
        evidence: (0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .evidenceOf */ .X1)({ ...asked, status, serverText: undefined }),
    };
}
const TRY = 'Try a download in a later step, as “Downloads of archives and patches” in this action’s README shows: if it works, the token is right.';
function mending({ host, status, asked }, site) {
    const { came } = asked;
    if (came.type === 'elsewhere') {
        return {
            fix: [
                'If the service has moved, set `download-url` to its new address.',
                `If it has not, ask whoever runs ${host} why it redirects.`,
                TRY,
            ],
            who: `${(0,_people_js__WEBPACK_IMPORTED_MODULE_2__/* .whoEdits */ .M)('workflow')}; if it has not moved, whoever runs ${host}.`,
        };
    }
    const place = `Correct \`download-url\`; unless Adobe has moved the service, it is \`${ADOBE_DOWNLOADS}\`.`;
    if (status === 404 || status === 410) {
        return {
            fix: [place, TRY],
            who: `Anyone who can edit this workflow; if the address is right, whoever runs ${host}.`,
        };
    }
    // A page may be a firewall's or a proxy's, or stand at another address.
    return {
        fix: came.type === 'page' ? [_phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .TRY_AGAIN */ .RG, place, TRY] : [_phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .TRY_AGAIN */ .RG, TRY],
        who: (0,_phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .otherwiseNetworkTeam */ .Y3)(_phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .EDITS_WORKFLOW */ .Eu, { host, proxy: asked.proxy }, site),
    };
}
/** A sentence on what came in place of the help. */
function unlikeHelp(finding) {
    const { host, status, asked } = finding;
    const where = `for info/help${(0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .through */ .sc)(asked)}`;
    switch (asked.came.type) {
        case 'refusal':
        case 'status':
            return status === 404 || status === 410
                ? `${host} answers ${(0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)({ status })} ${where}: \`download-url\` is wrong, or the service has moved.`
                : `${host} answers ${(0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)({ status })} ${where}${(0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .eachTime */ .f9)(asked)}.`;
        case 'page':
            return `${host} answers with a web page ${where}: for maintenance, or for signing in.`;
        case 'elsewhere':
            return `${host} redirects to ${asked.answeredBy ?? 'another place'}; the token is not sent there.`;
        case 'failure':
            return `No complete answer from ${host} ${where}${(0,_at_server_js__WEBPACK_IMPORTED_MODULE_0__/* .eachTime */ .f9)(asked)}: ${failed(asked.came.failure)}.`;
    }
}
function failed(failure) {
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
        case 'out-of-time':
            return 'the time for it was used up before it was asked';
        case 'tls':
            return (0,_connection_messages_js__WEBPACK_IMPORTED_MODULE_1__/* .speaksNoTls */ .gy)(failure.code)
                ? 'the other side does not speak TLS'
                : `its certificate is not trusted (${(0,_connection_messages_js__WEBPACK_IMPORTED_MODULE_1__/* .tlsReason */ .IS)(failure.code)})`;
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
        fix: stepsFor(forms, [
            `Copy the token from ${PAGE}, and the MAGEID from the same account, and save each in its secret.`,
        ]),
        who: forms.some(({ form }) => IN_PLACE.includes(form)) ? _phrases_js__WEBPACK_IMPORTED_MODULE_3__/* .WORKFLOW_EDITOR */ .uE : `${ownerFor(forms)}.`,
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
            return `${name} ${both ? 'look like access keys' : 'looks like an access key'} (32 characters), which are for Composer.`;
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
function stepsFor(forms, otherwise) {
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


/***/ }),

/***/ 9988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H7: () => (/* binding */ unlessElsewhere),
/* harmony export */   VW: () => (/* binding */ whoElsewhere),
/* harmony export */   fG: () => (/* binding */ whyElsewhere)
/* harmony export */ });
/* harmony import */ var _phrases_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(350);

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
    return [`${enough}, nothing needs to be done.`, `Otherwise ${(0,_phrases_js__WEBPACK_IMPORTED_MODULE_0__/* .lowered */ .DM)(first)}`, ...rest];
}
/** Who can look there, and who can take the other steps. */
function whoElsewhere(elsewhere, who) {
    if (elsewhere?.kind !== 'repositories')
        return who;
    return `Anyone who can look there; otherwise ${(0,_phrases_js__WEBPACK_IMPORTED_MODULE_0__/* .lowered */ .DM)(who)}`;
}
function unasked(names) {
    return names.length === 0 ? 'another repository of composer.json' : (0,_phrases_js__WEBPACK_IMPORTED_MODULE_0__/* .namesOf */ .eZ)(names);
}


/***/ }),

/***/ 8374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ey: () => (/* binding */ entitlementOfNobody),
/* harmony export */   Ul: () => (/* binding */ isPublic),
/* harmony export */   _I: () => (/* binding */ publicAtAdobe),
/* harmony export */   gz: () => (/* binding */ entitlementElsewhere),
/* harmony export */   ol: () => (/* binding */ entitlementAtAdobe),
/* harmony export */   ov: () => (/* binding */ refusedToHolder)
/* harmony export */ });
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2637);
/* harmony import */ var _phrases_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(350);
/* harmony import */ var _vendors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2563);



function isPublic(family) {
    return family === 'sample-data' || family === 'open-source';
}
/**
 * What packages of a family need at repo.magento.com, by Adobe's own texts.
 *
 * @param locked whether composer.lock names the archives, and keeps their addresses until the packages are updated
 * @param products what the account sees; undefined where that is not known
 */
function entitlementAtAdobe(family, packages, locked, products) {
    if (family === 'b2b')
        return { ...PRODUCTS.b2b, fix: stepsForB2b(products) };
    if (family !== 'extension')
        return PRODUCTS[family];
    const many = packages.length > 1;
    const vendor = (0,_vendors_js__WEBPACK_IMPORTED_MODULE_2__/* .vendorOf */ .A)(packages[0] ?? '');
    const update = locked ? (0,_phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .updateOf */ .xe)(packages) : undefined;
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
                `If the vendor has a repository of its own, add that to composer.json, ${andCredentials('its credentials', update)}.`,
            ],
            who: `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .withEditors */ .T)('The owner of the Marketplace account, or of the one at the vendor', 'composer.json', 'workflow', 'secrets')}.`,
        };
    }
    return {
        lacks: these,
        why: `${vendor.name} sells mostly from its own repository.`,
        fix: [
            `Add ${vendor.name}’s repository (${vendor.repository}) to composer.json, ${andCredentials(`the credentials of your ${vendor.name} account`, update)}.`,
            `If you bought ${it} in Commerce Marketplace, use keys of the account that ordered ${it}.`,
        ],
        who: `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .withEditors */ .T)(`The owner of your ${vendor.name} account, or of the Marketplace account`, 'composer.json', 'workflow', 'secrets')}.`,
    };
}
/** How credentials get to the repository that the same step adds: never by composer.json, which is committed. */
function andCredentials(theirs, update) {
    return update === undefined
        ? `and ${theirs} to \`composer-auth\`, from a secret`
        : `${theirs}, from a secret, to \`composer-auth\`, and run ${update}`;
}
/** Whether the licence lacks B2B, or the keys are another account's, shows in what they see. */
function stepsForB2b(products) {
    const add = 'ask Adobe Commerce Support to add B2B to the account.';
    if (products === undefined) {
        return [OWN_KEYS, `If other Adobe Commerce packages download with these keys, ${add}`];
    }
    return products.includes('Commerce')
        ? [(0,_phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .capitalised */ .Iu)(add), 'If these are not the licence owner’s own keys, use those.']
        : [OWN_KEYS, UNPAID];
}
const OWN_KEYS = 'Use keys that the licence owner created in their own account, not in a shared one.';
const UNPAID = 'If these are such keys: check for an unpaid invoice or an ended contract, then create new keys.';
const PRODUCTS = {
    commerce: {
        lacks: 'Adobe Commerce',
        why: undefined,
        background: 'Adobe Commerce needs a paid licence, and keys of the account that holds it.',
        fix: [OWN_KEYS, UNPAID, 'If the licence moved to another MAGEID, use keys of the account that holds it now.'],
        who: _phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .LICENCE_OWNER */ .ms,
    },
    b2b: {
        lacks: 'B2B for Adobe Commerce',
        why: undefined,
        background: 'B2B needs an Adobe Commerce licence that includes it.',
        who: _phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .LICENCE_OWNER */ .ms,
    },
    cloud: {
        lacks: 'Adobe Commerce on Cloud',
        why: undefined,
        background: 'Adobe Commerce on Cloud needs a licence of its own, and keys of the account that holds it.',
        fix: [
            'Use keys of the licence owner, who may be someone other than the owner of the Cloud project.',
            'If these are such keys: check for an unpaid invoice, then create new keys.',
        ],
        who: _phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .LICENCE_OWNER */ .ms,
    },
};
/** Products as an account's list names them. */
const LISTED = { commerce: 'Commerce', b2b: 'B2B', cloud: 'Cloud' };
/** Of an account that sees a product and still does not get its archives; undefined where it does not see that. */
function refusedToHolder(family, packages, sees) {
    if (family === 'extension' || sees?.includes(LISTED[family]) !== true)
        return undefined;
    return {
        product: PRODUCTS[family].lacks,
        fix: [
            'Check for an unpaid invoice or an ended contract; once it is settled, create new keys.',
            `If the licence is fine, this version was probably withdrawn: run ${(0,_phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .updateOf */ .xe)(packages)}.`,
        ],
        who: `${_phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .LICENCE_OWNER */ .ms.slice(0, -1)}; for the update, ${(0,_phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .lowered */ .DM)((0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('composer.json'))}.`,
    };
}
/** What may be wrong with a package of a family that every account sees; `why` goes on behind “although”. */
function publicAtAdobe(family, reason, packages) {
    const probably = reason === 'archive' ? 'this version has probably been withdrawn' : 'the name is probably misspelled';
    const mend = reason === 'archive'
        ? `Run ${(0,_phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .updateOf */ .xe)(packages)}; if another package needs exactly this version, take a newer one of that package (\`composer why\` names it).`
        : 'Check the spelling, and whether this Magento version has that package.';
    if (family === 'sample-data') {
        return {
            why: `every account sees sample data: ${probably}`,
            fix: [mend],
            who: _phrases_js__WEBPACK_IMPORTED_MODULE_1__/* .PROJECT_EDITOR */ .WJ,
        };
    }
    return {
        why: `every account sees Magento Open Source: ${probably}, or it belongs to another product`,
        fix: [mend, 'If it belongs to Adobe Commerce, use keys of the licence owner.'],
        who: `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('composer.json')}; for Adobe Commerce, ${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .withEditors */ .T)('the primary contact of the MAGEID', 'secrets')}.`,
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
        who: `Whoever holds the account at ${vendor?.name ?? host}${mirror.length === 0 ? '' : '; for a mirror, whoever runs it'}.`,
    };
}
/** What packages need at a host that answers 404, and for which there are no credentials: some hosts answer so to strangers. */
function entitlementOfNobody(host, many) {
    const they = many ? 'they are' : 'it is';
    return {
        fix: [
            `If ${they} private, add an \`http-basic\` entry for \`${host}\`, with exactly this spelling, to the input \`composer-auth\`, from a secret.`,
            `Otherwise ${they} gone: run \`composer update\` for ${many ? 'them' : 'it'}, and commit composer.lock.`,
        ],
        who: `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('composer.lock')}; for credentials, ${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .withEditors */ .T)(`whoever holds the account at ${host}`, 'workflow', 'secrets')}.`,
        background: 'Some hosts, such as GitLab, answer 404 to whoever may not see a file.',
    };
}


/***/ }),

/***/ 9568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  su: () => (/* binding */ UPDATE_LOCK),
  Up: () => (/* binding */ mayStillCome),
  Cs: () => (/* binding */ packageDenied)
});

// EXTERNAL MODULE: ./lib/composer/failure-message.js
var failure_message = __nccwpck_require__(6);
// EXTERNAL MODULE: ./lib/problems/at-server.js
var at_server = __nccwpck_require__(431);
// EXTERNAL MODULE: ./lib/problems/phrases.js
var phrases = __nccwpck_require__(350);
;// CONCATENATED MODULE: ./lib/problems/editions-seen.js

const PRODUCTS = {
    'Open Source': 'Magento Open Source',
    Commerce: 'Adobe Commerce',
    B2B: 'B2B',
    Cloud: 'Adobe Commerce on Cloud',
};
/** What an account does see at a host to which it lacks a family; a sentence, or nothing where that is not known or nothing. */
function whatIsSeen(sees, family, host) {
    // What else a vendor's account sees says nothing of a licence.
    if (sees === undefined || (!(0,phrases/* isAdobe */.oJ)(host) && family === 'extension'))
        return '';
    const extensions = sees.vendors.reduce((sum, { packages }) => sum + packages, 0);
    const parts = [
        ...sees.products.map((product) => PRODUCTS[product] ?? product),
        ...(extensions === 0
            ? []
            : [extensions === 1 ? '1 package from another vendor' : `${extensions} packages from other vendors`]),
    ];
    if (parts.length === 0)
        return '';
    return `It sees ${parts.length === 1 ? 'only ' : ''}${(0,phrases/* enumeration */.eG)(parts)}.`;
}

// EXTERNAL MODULE: ./lib/problems/elsewhere.js
var problems_elsewhere = __nccwpck_require__(9988);
// EXTERNAL MODULE: ./lib/problems/entitlements.js
var entitlements = __nccwpck_require__(8374);
;// CONCATENATED MODULE: ./lib/problems/package-filtered.js

function filteredOut({ packages, filter, mayBeElsewhere }) {
    const many = packages.length > 1;
    const it = many ? 'them' : 'it';
    return {
        title: 'A filter in composer.json excludes a package that is required',
        cause: [
            `No repository of composer.json is allowed to serve ${(0,phrases/* namesOf */.eZ)(packages)}: ${filter ?? 'its filters leave none'}.`,
            mayBeElsewhere ? `This is a warning because another package may provide ${it}.` : '',
        ]
            .join(' ')
            .trim(),
        fix: [filterStep(filter, it)],
        who: phrases/* PROJECT_EDITOR */.WJ,
        composerSays: (0,phrases/* notFound */.mX)(packages[0]),
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
        cause: `composer.lock gives ${(0,phrases/* namesOf */.eZ)(packages)} ${addresses} without a host${url === undefined ? '' : ` (${url})`}, and there is no such file.${cloned === 'no' ? '' : ` ${at_server/* CLONING */.NC[cloned]}`}`,
        fix: [
            `Run ${(0,phrases/* updateOf */.xe)(packages)} with a current Composer, and commit composer.lock.`,
            `If the new composer.lock names no host either, ask the vendor to have ${theirs} name full addresses.`,
        ],
        who: 'Anyone who can edit composer.lock; if that does not help, the vendor.',
        composerSays: url === undefined
            ? undefined
            : `The "${url}" file could not be downloaded: Failed to open stream: No such file or directory`,
        background: 'The repository named its archives relative to itself when the lock was written, and Composer takes such an address for a file of this machine.',
    };
}

// EXTERNAL MODULE: ./lib/problems/people.js
var people = __nccwpck_require__(2637);
;// CONCATENATED MODULE: ./lib/problems/refused-metadata.js


function explainRefusedMetadata({ host, status, url, packages, serverText }) {
    const [name = ''] = packages;
    const it = packages.length > 1 ? 'them' : 'it';
    return {
        title: 'A repository refuses to say anything about a package',
        cause: (0,phrases/* withServerText */.BI)(`${host} accepts these credentials, but answers ${status} for ${(0,phrases/* namesOf */.eZ)(packages)}`, serverText),
        fix: [
            `If another repository has ${it}, keep Composer from asking here: in composer.json, add \`"exclude": ["${name}"]\` to this repository, or \`only\` with what it has.`,
            `Or name the repository that has ${it} before this one: Composer asks no further for a name that it has found.`,
            `If ${it} should come from ${host}, have ${it} added to this account or token.`,
        ],
        who: `Anyone who can edit composer.json; for access, whoever holds the account at ${host}.`,
        composerSays: (0,failure_message/* composerFailureMessage */.s)(url, { kind: 'status', status }),
        background: 'Composer asks each repository, in their order, for every name that none before it has, also for names of packagist.org. Private Packagist answers 401 or 403, not 404, for names that a token may not see, and Composer stops at that.',
    };
}

// EXTERNAL MODULE: ./lib/problems/vendors.js
var vendors = __nccwpck_require__(2563);
;// CONCATENATED MODULE: ./lib/problems/package-denied.js











const packageDenied = {
    title: 'A package that is needed cannot be fetched',
    atMost: 'error',
    // What Composer has already it does not download; what may come from elsewhere may come from there.
    severity: (finding) => mayStillCome(finding) || ('hiddenBy' in finding && finding.hiddenBy !== undefined) ? 'warning' : 'error',
    byCredentials: ({ reason }) => reason === 'archive' || reason === 'not-visible' || reason === 'metadata',
    explain(finding) {
        switch (finding.reason) {
            case 'archive':
            case 'not-visible':
                return withheld(finding);
            case 'filtered':
                return filteredOut(finding);
            case 'relative-url':
                return withoutHost(finding);
            case 'metadata':
                return explainRefusedMetadata(finding);
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
/** Of what every account sees, or this one does, so that the keys may not be to blame. */
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
    if (!(0,phrases/* isAdobe */.oJ)(host)) {
        const many = packages.length > 1;
        const needs = finding.reason === 'archive' && finding.anonymous
            ? (0,entitlements/* entitlementOfNobody */.Ey)(host, many)
            : (0,entitlements/* entitlementElsewhere */.gz)(host, (0,vendors/* vendorAt */.Q)(host), family, many);
        return explained(finding, {
            ...needs,
            cause: because(finding, notGiven(finding, host), whatIsSeen(finding.sees, finding.family, host)),
        });
    }
    if ((0,entitlements/* isPublic */.Ul)(family)) {
        const { why, ...needs } = (0,entitlements/* publicAtAdobe */._I)(family, reason, packages);
        const lead = `${host} does not ${reason === 'archive' ? 'provide' : 'list'} ${(0,phrases/* namesOf */.eZ)(packages)}${answer(finding)}, although ${why}.`;
        return { ...explained(finding, { ...needs, cause: because(finding, lead, '') }), title: PUBLIC_TITLES[reason] };
    }
    const refused = reason === 'archive' ? (0,entitlements/* refusedToHolder */.ov)(family, packages, finding.sees?.products) : undefined;
    if (refused !== undefined) {
        const { product, ...needs } = refused;
        const lead = `The keys work, and this account sees ${product}, but does not get ${(0,phrases/* namesOf */.eZ)(packages)}${answer(finding)}.`;
        return { ...explained(finding, { ...needs, cause: because(finding, lead, '') }), title: PUBLIC_TITLES.archive };
    }
    const { lacks, why, ...needs } = (0,entitlements/* entitlementAtAdobe */.ol)(family, packages, reason === 'archive', finding.sees?.products);
    const cause = because(finding, noAccess(finding, lacks), why ?? whatIsSeen(finding.sees, finding.family, host));
    return { ...explained(finding, { ...needs, cause }), title: TITLES[family] };
}
/** A sentence, and why that is; why it is only a warning goes before that. */
function because(finding, lead, why) {
    return (0,phrases/* joined */.oR)([lead, exception(finding) || why]);
}
/** The words, with the steps that come before those for the account. */
function explained(finding, { cause, fix, who, background }) {
    const elsewhere = elsewhereOf(finding);
    const unnamed = finding.reason === 'archive' && finding.unnamed;
    // Of what nobody may see without credentials the words for the lock are there already.
    const account = unnamed && !finding.anonymous ? `${(0,people/* whoEdits */.M)('composer.json', 'composer.lock')}; otherwise ${(0,phrases/* lowered */.DM)(who)}` : who;
    const steps = (0,problems_elsewhere/* unlessElsewhere */.H7)(elsewhere, itOrThem(finding), fix);
    return {
        cause,
        fix: [...(unnamed ? [UPDATE_LOCK] : []), ...steps].slice(0, 3),
        who: (0,problems_elsewhere/* whoElsewhere */.VW)(elsewhere, account),
        composerSays: composerSaysOf(finding),
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
    const names = `${(0,phrases/* namesOf */.eZ)(finding.packages)}${answer(finding)}`;
    return finding.sees === undefined
        ? `These keys have no access to ${lacks}: ${names}.`
        : `The keys work, but this account has no access to ${lacks}: ${names}.`;
}
function notGiven(finding, host) {
    const names = (0,phrases/* namesOf */.eZ)(finding.packages);
    if (finding.reason === 'archive' && finding.anonymous) {
        return `${host} does not give ${names}${answer(finding)}, and Composer has no credentials for it.`;
    }
    const works = finding.sees === undefined ? '' : 'The credentials work, but ';
    return finding.reason === 'archive'
        ? `${works}${host} does not give ${names} to this account${answer(finding)}.`
        : `${works}${host} does not list ${names} for this account.`;
}
function answer(finding) {
    return finding.reason === 'archive' ? ` (HTTP ${finding.status})` : '';
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
        return (0,problems_elsewhere/* whyElsewhere */.fG)(finding.mayBeElsewhere, it);
    }
    if (finding.cloned !== 'no')
        return at_server/* CLONING */.NC[finding.cloned];
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
            `No repository of composer.json ${elsewhere?.kind === 'repositories' ? 'that could be asked ' : ''}has ${(0,phrases/* namesOf */.eZ)(finding.packages)}.`,
            exception(finding),
        ]
            .join(' ')
            .trim(),
        fix: (0,problems_elsewhere/* unlessElsewhere */.H7)(elsewhere, itOrThem(finding), [
            `Check the spelling of the ${many ? 'names' : 'name'}.`,
            `Or add the repository that has ${many ? 'them' : 'it'} to composer.json, and its credentials, if it wants some, from a secret to the input \`composer-auth\`.`,
        ]),
        who: (0,problems_elsewhere/* whoElsewhere */.VW)(elsewhere, `${(0,people/* whoEdits */.M)('composer.json')}; for credentials, ${(0,people/* withEditors */.T)('whoever holds the account there', 'workflow', 'secrets')}.`),
        composerSays: composerSaysOf(finding),
    };
}
function composerSaysOf(finding) {
    if (finding.reason === 'archive') {
        return (0,failure_message/* composerFailureMessage */.s)(finding.url, { kind: 'status', status: finding.status });
    }
    const [name] = finding.packages;
    if (finding.lockedVersion !== undefined)
        return (0,phrases/* onlyInLock */.hR)(name, finding.lockedVersion);
    // What the lock has may not be what is asked for: Composer's words differ then.
    if (finding.temporary !== undefined)
        return undefined;
    return finding.place === undefined ? (0,phrases/* notSelected */.L2)(name, finding.constraint, 'stable') : (0,phrases/* notFound */.mX)(name);
}


/***/ }),

/***/ 2637:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ whoEdits),
/* harmony export */   T: () => (/* binding */ withEditors)
/* harmony export */ });
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
function whoEdits(...edited) {
    return `Anyone who can edit ${namesOfEdited(edited)}`;
}
/** Somebody who has what the steps need, such as an account, with whoever can save it; without a full stop. */
function withEditors(person, ...edited) {
    return `${person}, with someone who can edit ${namesOfEdited(edited)}`;
}


/***/ }),

/***/ 350:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $f: () => (/* binding */ ADOBE_CAUSES),
/* harmony export */   A: () => (/* binding */ LINKS),
/* harmony export */   BI: () => (/* binding */ withServerText),
/* harmony export */   DM: () => (/* binding */ lowered),
/* harmony export */   Eu: () => (/* binding */ EDITS_WORKFLOW),
/* harmony export */   F7: () => (/* binding */ inSeconds),
/* harmony export */   Iu: () => (/* binding */ capitalised),
/* harmony export */   KB: () => (/* binding */ RERUNS),
/* harmony export */   Kj: () => (/* binding */ skipWithoutKeys),
/* harmony export */   L2: () => (/* binding */ notSelected),
/* harmony export */   L5: () => (/* binding */ notInstallable),
/* harmony export */   MR: () => (/* binding */ bypassToTest),
/* harmony export */   OW: () => (/* binding */ ACCESS_KEYS),
/* harmony export */   PP: () => (/* binding */ hostsOf),
/* harmony export */   RG: () => (/* binding */ TRY_AGAIN),
/* harmony export */   S$: () => (/* binding */ MIRROR),
/* harmony export */   WJ: () => (/* binding */ PROJECT_EDITOR),
/* harmony export */   XW: () => (/* binding */ keyOwner),
/* harmony export */   Y3: () => (/* binding */ otherwiseNetworkTeam),
/* harmony export */   Yk: () => (/* binding */ otherwiseServer),
/* harmony export */   bV: () => (/* binding */ fileNameOf),
/* harmony export */   c: () => (/* binding */ addressAt),
/* harmony export */   cW: () => (/* binding */ SECRETS),
/* harmony export */   dq: () => (/* binding */ askFor),
/* harmony export */   eG: () => (/* binding */ enumeration),
/* harmony export */   eZ: () => (/* binding */ namesOf),
/* harmony export */   hD: () => (/* binding */ SECRETS_OWNERS),
/* harmony export */   hR: () => (/* binding */ onlyInLock),
/* harmony export */   kB: () => (/* binding */ TRY_AGAIN_LATER),
/* harmony export */   lC: () => (/* binding */ newKeys),
/* harmony export */   le: () => (/* binding */ serverOrBetween),
/* harmony export */   mX: () => (/* binding */ notFound),
/* harmony export */   mm: () => (/* binding */ networkTeam),
/* harmony export */   ms: () => (/* binding */ LICENCE_OWNER),
/* harmony export */   oJ: () => (/* binding */ isAdobe),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   p9: () => (/* binding */ noValidJson),
/* harmony export */   se: () => (/* binding */ NAMED_PACKAGES),
/* harmony export */   uE: () => (/* binding */ WORKFLOW_EDITOR),
/* harmony export */   uW: () => (/* binding */ BOM_DETECTED),
/* harmony export */   vJ: () => (/* binding */ withNewKeys),
/* harmony export */   wX: () => (/* binding */ teamBetween),
/* harmony export */   xe: () => (/* binding */ updateOf),
/* harmony export */   zH: () => (/* binding */ DEPENDABOT_SECRETS)
/* harmony export */ });
/* harmony import */ var _composer_origin_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7322);
/* harmony import */ var _composer_shown_url_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4883);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2637);
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
    return host === _composer_origin_js__WEBPACK_IMPORTED_MODULE_1__/* .ADOBE_HOST */ .rw;
}
const WORKFLOW_EDITOR = `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('workflow', 'secrets')}.`;
/** Whoever can mend a secret that comes empty: nobody but an owner shares an organisation’s. */
const SECRETS_OWNERS = `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('workflow', 'secrets')}; for an organisation’s secret, an owner of the organisation.`;
const PROJECT_EDITOR = `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('composer.json')}.`;
const LICENCE_OWNER = `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .withEditors */ .T)('The primary contact of the MAGEID (the licence owner; only they can ask Adobe Commerce Support)', 'secrets')}.`;
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
const EDITS_WORKFLOW = (0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .whoEdits */ .M)('workflow');
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
    return `${(0,_people_js__WEBPACK_IMPORTED_MODULE_0__/* .withEditors */ .T)(owner, ...edited)}.`;
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
function hostsOf(paths) {
    return namesOf([
        ...new Set(paths.map(([section, origin]) => (origin === undefined ? `the setting ${section}` : (0,_composer_shown_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shownUrl */ .z)(origin)))),
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


/***/ }),

/***/ 5799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ NOTHING_KNOWN),
/* harmony export */   Gk: () => (/* binding */ always),
/* harmony export */   QJ: () => (/* binding */ NO_SERVER),
/* harmony export */   Zm: () => (/* binding */ never)
/* harmony export */ });
/** The facts of a finding in which no server and no package has a part. */
const NO_SERVER = { host: undefined, status: undefined, packages: [] };
/** Of these nothing is known. */
const NOTHING_KNOWN = { version: undefined, composerManages: false, rejected: false };
/** For codes that credentials never, or always, decide. */
const never = () => false;
const always = () => true;


/***/ }),

/***/ 4545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CT: () => (/* binding */ insideWorkspace),
/* harmony export */   pS: () => (/* binding */ shownPath),
/* harmony export */   uJ: () => (/* binding */ forShell)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);

/** A path inside the workspace, relative to it and with slashes on Windows too; undefined for any other. */
function insideWorkspace(path, workspace) {
    // Where no folder is known, the path is a mere name.
    if (!(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(path) || workspace === undefined || workspace === '')
        return undefined;
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(workspace, path).split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep).join('/');
    const leadsOut = inside === '..' || inside.startsWith('../') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(inside);
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


/***/ }),

/***/ 2563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ vendorOf),
/* harmony export */   Q: () => (/* binding */ vendorAt)
/* harmony export */ });
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


/***/ }),

/***/ 8993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $M: () => (/* binding */ masksForEntry),
/* harmony export */   Fj: () => (/* binding */ secretsOf),
/* harmony export */   Hz: () => (/* binding */ spellingsOf),
/* harmony export */   K3: () => (/* binding */ base64),
/* harmony export */   LD: () => (/* binding */ inBase64),
/* harmony export */   RM: () => (/* binding */ masksFor),
/* harmony export */   SE: () => (/* binding */ SHORTEST_MASK),
/* harmony export */   lj: () => (/* binding */ masksForValues),
/* harmony export */   o9: () => (/* binding */ secretHalves)
/* harmony export */ });
/* harmony import */ var _composer_auth_sections_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3535);
/* harmony import */ var _composer_http_basic_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9147);


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
    return origin === undefined ? [] : (_composer_auth_sections_js__WEBPACK_IMPORTED_MODULE_0__/* .AUTH_SECTIONS */ .i.get(section)?.secretsIn(value) ?? []);
}
/** What the runner is to mask for one entry of auth.json: see `masksFor` and `secretsOf`. */
function masksForEntry(entry) {
    const pair = entry.path[0] === 'http-basic' ? (0,_composer_http_basic_js__WEBPACK_IMPORTED_MODULE_1__/* .readHttpBasic */ .P)(entry.value) : undefined;
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


/***/ }),

/***/ 2138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Tn: () => (/* binding */ serverText),
/* harmony export */   aO: () => (/* binding */ flattened),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
/* harmony import */ var _composer_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3206);

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
    const document = (0,_composer_json_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeJson */ .xO)(body);
    if (!(0,_composer_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(document))
        return undefined;
    const [first] = (0,_composer_json_js__WEBPACK_IMPORTED_MODULE_0__/* .valuesOf */ .sm)(document.errors);
    const texts = [document.warning, document.info, document.message, document.error];
    const text = [...texts, (0,_composer_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(first) ? first.message : undefined].find((words) => typeof words === 'string');
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


/***/ }),

/***/ 2333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ debug),
  N4: () => (/* binding */ endGroup),
  z3: () => (/* binding */ error),
  dN: () => (/* binding */ exportVariable),
  V4: () => (/* binding */ getInput),
  pq: () => (/* binding */ info),
  lm: () => (/* binding */ notice),
  LZ: () => (/* binding */ saveState),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  Oh: () => (/* binding */ startGroup),
  z: () => (/* reexport */ summary),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, getBooleanInput, getIDToken, getMultilineInput, getState, group, isDebug, markdownSummary, platform, setCommandEcho, setFailed, toPlatformPath, toPosixPath, toWin32Path

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
// EXTERNAL MODULE: external "./left-out.js"
var external_left_out_js_ = __nccwpck_require__(3898);
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
function debug(message) {
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
function warning(message, properties = {}) {
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

// EXTERNAL MODULE: ./lib/bounds/memory.js + 2 modules
var memory = __nccwpck_require__(6372);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 10 modules
var core = __nccwpck_require__(2333);
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
        (0,core/* warning */.$e)(`The runner’s file for outputs, ${error.shown}, cannot be written: this step has no outputs. Free space on the disk of this runner.`, { title: 'The outputs could not be set' });
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
    const exit = () => {
        (0,memory/* collectNow */.V3)();
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
    const mayPass = /^false$/i.test((0,core/* getInput */.V4)('fail-on-error'));
    const { message, title } = crashWords(cause);
    if (mayPass)
        (0,core/* warning */.$e)(message, { title });
    else
        (0,core/* error */.z3)(message, { title });
    writeOutputs(() => {
        (0,core/* setOutput */.uH)('status', 'problems');
        for (const name of ['problem', 'http-status', 'auth-file', 'netrc-file'])
            (0,core/* setOutput */.uH)(name, '');
        for (const name of ['problems', 'packages-denied'])
            (0,core/* setOutput */.uH)(name, '[]');
        (0,core/* setOutput */.uH)('packages-checked', 0);
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
    warning(`The credentials may still be in auth.json: removing them failed because of a defect of this action. ${anatomy(cause)}`, {
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

// EXTERNAL MODULE: ./lib/bounds/deadline.js
var bounds_deadline = __nccwpck_require__(3653);
// EXTERNAL MODULE: ./lib/composer/config.js
var config = __nccwpck_require__(9158);
// EXTERNAL MODULE: ./lib/composer/installed/composer-versions.js
var composer_versions = __nccwpck_require__(1707);
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
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
        return childProcess().spawn(file, args, {
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
            childProcess().spawnSync(systemFile('taskkill.exe', env), ['/PID', String(pid), '/T', '/F'], {
                stdio: 'ignore',
                timeout: 5000,
            });
    }
    catch {
        // It has ended by itself.
    }
}
/** Loaded by those runs alone that start a tool. */
function childProcess() {
    return process.getBuiltinModule('node:child_process');
}
function systemFile(name, env) {
    return external_node_path_.win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', name);
}

;// CONCATENATED MODULE: ./lib/composer/installed/run-composer.js





/** A wrapper that starts a container takes a few seconds; what takes longer is ended. Seconds. */
const LONGEST_WAIT = 15;
/** A composer.json with which every Composer is content. */
const MANIFEST = { name: 'a/a', description: 'Empty', license: 'MIT', require: {} };
/**
 * Runs the installed Composer in an otherwise empty folder that is its home as well: no plugin of the project or of the user is loaded,
 * and no `~/.config/composer` comes into being that would hide another step's auth.json. It gets no input of this step and
 * no credentials.
 *
 * @param auth what it finds in COMPOSER_AUTH: nothing of anybody's
 */
async function runComposer(args, environment, auth) {
    const folder = projectFolder(environment);
    if (folder === undefined)
        return { exitStatus: undefined, stdout: '' };
    try {
        return await runTool('composer', [...args, '--no-interaction', '--no-ansi'], {
            environment,
            cwd: folder,
            // `COMPOSER` would bring a project's plugins in.
            without: /^COMPOSER/i,
            variables: {
                COMPOSER_HOME: folder,
                COMPOSER_ALLOW_SUPERUSER: '1',
                ...(auth === undefined ? {} : { COMPOSER_AUTH: JSON.stringify(auth) }),
            },
            limit: LONGEST_WAIT,
        });
    }
    finally {
        await tidyUp(folder);
    }
}
/** The folder is the job's own temporary one: what cannot be removed there is no reason to end with an error. */
async function tidyUp(folder) {
    try {
        // Windows removes no folder in which a program still runs. Not by `rmSync`, for the reason that `removeFile` gives.
        await (0,promises_namespaceObject.rm)(folder, { recursive: true, force: true, maxRetries: 3 });
    }
    catch {
        // The runner empties its temporary folder after the job.
    }
}
/** A new folder with nothing but that composer.json; undefined where none can be made. */
function projectFolder({ env }) {
    try {
        const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_namespaceObject.tmpdir)(), 'composer-version-'));
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'composer.json'), JSON.stringify(MANIFEST));
        return folder;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/composer/installed/version-rules.js
var version_rules = __nccwpck_require__(3357);
;// CONCATENATED MODULE: ./lib/composer/installed/accepted-token.js



/**
 * What is odd about a token; undefined where every Composer takes it.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`, which let a line feed at the end pass.
 */
function oddityOf(token) {
    const text = token.replace(/\n$/, '');
    if (text === '')
        return 'nothing';
    if (/[^.\w-]/.test(text))
        return 'other';
    return text.includes('-') ? 'hyphen' : undefined;
}
/** The versions, as Composer's authors released them, that stop at such a token. */
function versionsRefusing(odd) {
    if (odd === undefined)
        return composer_versions/* NO_VERSION */.dG;
    return (0,version_rules/* versionsWithout */.OW)(odd === 'hyphen' ? 'takesHyphenInToken' : 'takesAnyToken');
}
/** A token of each kind that belongs to nobody, and one at which no Composer stops. */
const SAMPLES = { nothing: '', hyphen: 'a-a', other: 'a"a' };
const PLAIN = 'a';
/**
 * Whether the installed Composer stops at such a token; undefined where none answers. It is tried: distributions have taken over
 * what newer versions do, and kept the number.
 */
async function refusesToken(odd, environment) {
    const stops = async (token) => {
        const auth = { 'github-oauth': { 'github.com': token } };
        const { exitStatus } = await runComposer(['validate', '--no-plugins'], environment, auth);
        return exitStatus === undefined ? undefined : exitStatus !== 0;
    };
    const stopped = await stops(SAMPLES[odd]);
    // What stops it all the same is nothing of the token's.
    return stopped === true && (await stops(PLAIN)) !== false ? undefined : stopped;
}

// EXTERNAL MODULE: ./lib/composer/versions/version.js
var versions_version = __nccwpck_require__(2182);
;// CONCATENATED MODULE: ./lib/composer/installed/installed-version.js


/**
 * The version of the installed Composer (`2.9.8`), or undefined when none answers. Asked only where versions differ, and
 * once.
 */
async function installedComposerVersion(environment) {
    const { stdout } = await runComposer(['--version'], environment);
    // Without an answer there is no composer on the PATH (yet): the step may stand before the one that installs it.
    // Older builds print the number without the word "version".
    const version = /^Composer (?:version )?(\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1];
    return version === undefined || (0,versions_version/* normalizeVersion */.Qj)(version) === undefined ? undefined : version;
}

// EXTERNAL MODULE: ./lib/composer/origin.js
var composer_origin = __nccwpck_require__(7322);
// EXTERNAL MODULE: ./lib/composer/environment.js
var composer_environment = __nccwpck_require__(3823);
// EXTERNAL MODULE: ./lib/composer/json.js
var json = __nccwpck_require__(3206);
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
    const blocks = (0,composer_environment/* truthy */.v)(env.COMPOSER_NO_BLOCKING) === undefined && (0,composer_environment/* truthy */.v)(env.COMPOSER_NO_SECURITY_BLOCKING) === undefined;
    const audits = (0,composer_environment/* truthy */.v)(env.COMPOSER_NO_AUDIT) === undefined;
    const securityBlocks = (0,composer_environment/* truthy */.v)(env.COMPOSER_NO_SECURITY_BLOCKING) === undefined;
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
        if ((0,json/* isJsonObject */.OW)(policy))
            merged = mergedLists(merged ?? {}, policy);
    }
    return merged;
}
function mergedLists(known, added) {
    const lists = Object.entries(added).map(([name, given]) => {
        const before = known[name];
        const own = given === true && name !== 'ignore-unreachable' ? {} : given;
        return [name, (0,json/* isJsonObject */.OW)(before) && (0,json/* isJsonObject */.OW)(own) ? { ...before, ...own } : own];
    });
    return { ...known, ...Object.fromEntries(lists) };
}
function mergedAudit(sources) {
    const settings = sources.flatMap(({ config: { audit } }) => ((0,json/* isJsonObject */.OW)(audit) ? Object.entries(audit) : []));
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
    return advisories !== false && isOn((0,json/* isJsonObject */.OW)(advisories) ? advisories.block : undefined, true);
}
function blockLists(policy, malwareBlocks) {
    const { malware } = policy;
    const blocks = malwareBlocks ?? (malware !== false && isOn((0,json/* isJsonObject */.OW)(malware) ? malware.block : undefined, true));
    const custom = Object.entries(policy).filter(([name]) => !NO_CUSTOM_LIST.includes(name));
    return [
        ...(blocks ? [{ name: 'malware', scope: scopeOf(malware, 'all') }] : []),
        ...custom.flatMap(([name, list]) => (0,json/* isJsonObject */.OW)(list) && isOn(list.block, true) ? [{ name, scope: scopeOf(list, 'update') }] : []),
    ];
}
function scopeOf(list, fallback) {
    const scope = (0,json/* isJsonObject */.OW)(list) ? list['block-scope'] : undefined;
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
    const settings = (0,json/* isJsonObject */.OW)(cooldown) ? cooldown : {};
    const blocks = flagOf(env.COMPOSER_POLICY_COOLDOWN_BLOCK) ?? isOn(settings.block, true);
    if (!isDuration(named ?? settings.period) || !blocks)
        return undefined;
    const { ignore } = settings;
    const byVariable = named !== undefined;
    if (Array.isArray(ignore))
        return { byVariable, ignored: ignore.filter((name) => typeof name === 'string') };
    return { byVariable, ignored: (0,json/* isJsonObject */.OW)(ignore) ? Object.keys(ignore) : [] };
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
    return value === undefined || value === null ? fallback : (0,json/* isTruthy */.zz)(value);
}

// EXTERNAL MODULE: ./lib/text/secret-forms.js
var secret_forms = __nccwpck_require__(8993);
// EXTERNAL MODULE: ./lib/text/server-text.js
var server_text = __nccwpck_require__(2138);
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
/** A text with the escapes of URLs, of JSON and of HTML undone, each once. */
function unescaped(text) {
    return text
        .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hexadecimal, name) => {
        if (name !== undefined)
            return NAMED[name.toLowerCase()] ?? whole;
        const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
        return point <= LAST_CODE_POINT ? String.fromCodePoint(point) : whole;
    })
        .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
        .replace(/\\(?:u([0-9a-f]{4})|(["'\\/]))/gi, (_, unit, character) => unit === undefined ? character : String.fromCharCode(Number.parseInt(unit, 16)));
}
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10ffff;
function formsOf({ pairs, values }) {
    const secret = new Set(
    // Flattened too, since that is how a text comes here.
    [...values, ...pairs.flatMap(secret_forms/* secretHalves */.o9)].flatMap((value) => [value, ...linesOf(value), (0,server_text/* flattened */.aO)(value)]));
    const joined = pairs.flatMap(({ username, password }) => [
        (0,secret_forms/* base64 */.K3)(`${username}:${password}`),
        (0,secret_forms/* base64 */.K3)(`${password}:${username}`),
    ]);
    // A server that repeats a user name tells who asked, which concerns nobody else either.
    const names = pairs.flatMap(({ username }) => (username.length < secret_forms/* SHORTEST_MASK */.SE ? [] : allForms(username)));
    const all = patterns([...[...secret].flatMap(allForms), ...joined.flatMap(secret_forms/* spellingsOf */.Hz)]);
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
    return [...(0,secret_forms/* spellingsOf */.Hz)(secret), (0,secret_forms/* base64 */.K3)(secret).replace(/=+$/, ''), ...(0,secret_forms/* inBase64 */.LD)(secret)];
}
function patterns(forms) {
    return [...new Set(forms)].flatMap((form) => {
        const bytes = Buffer.from(form);
        if (bytes.length === 0)
            return [];
        return [{ bytes, kind: bytes.length < secret_forms/* SHORTEST_MASK */.SE ? 'whole' : 'anywhere' }];
    });
}

// EXTERNAL MODULE: ./lib/check/credentials/doubtful-credentials.js
var doubtful_credentials = __nccwpck_require__(667);
// EXTERNAL MODULE: ./lib/check/credentials/held-by-version.js
var held_by_version = __nccwpck_require__(4151);
// EXTERNAL MODULE: ./lib/problems/problem.js
var problem = __nccwpck_require__(5799);
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
    return { ...problem/* NO_SERVER */.QJ, code: 'auth-file-invalid', reason: 'form', source, fault, position, effect, place };
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
    const stops = (0,version_rules/* holdsIn */.a5)(version, 'stopsAtMalformedVariable');
    if (stops === undefined)
        return 'stops-by-version';
    return stops ? 'stops' : 'passed-over';
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./lib/composer/effective-credentials.js
var effective_credentials = __nccwpck_require__(9980);
// EXTERNAL MODULE: ./lib/composer/github-token.js
var github_token = __nccwpck_require__(9655);
// EXTERNAL MODULE: ./lib/check/credentials/source-of-credentials.js
var source_of_credentials = __nccwpck_require__(5327);
;// CONCATENATED MODULE: ./lib/check/credentials/refused-tokens.js







const SECTION = 'github-oauth';
/**
 * Tokens of `github-oauth` at which Composer stops, whatever it is to do and whether or not it needs GitHub. Its message names no
 * file.
 *
 * @param entries what the step was given: where one of these counts, the input is to blame
 */
async function refusedTokens(sources, entries, { version, refusesToken }) {
    const oddIn = (installed) => [...(0,effective_credentials/* loadedEntries */.Kc)(SECTION, sources, installed)].flatMap(([origin, { entry, from }]) => {
        const odd = typeof entry === 'string' ? oddityOf(entry) : undefined;
        return odd === undefined ? [] : [{ origin, entry, from, odd }];
    });
    // The version counts only where there is something to judge.
    if (version_rules/* TELLING_VERSIONS */.GD.every((one) => oddIn(one).length === 0))
        return [];
    const findings = [];
    for (const { origin, entry, from, odd } of oddIn((await version()) ?? version_rules/* TELLING_VERSIONS */.GD[0])) {
        const refuses = await refusesToken(odd);
        if (refuses === false)
            continue;
        const isGiven = entries.some(({ path, value }) => (0,external_node_util_.isDeepStrictEqual)(path, [SECTION, origin]) && (0,external_node_util_.isDeepStrictEqual)(value, entry));
        findings.push({
            ...problem/* NO_SERVER */.QJ,
            code: 'auth-file-invalid',
            host: isGiven || origin === github_token/* GITHUB */.U ? origin : undefined,
            source: from.name,
            reason: 'token',
            odd,
            given: isGiven,
            position: from.position(),
            place: isGiven ? undefined : (0,source_of_credentials/* placeOf */.$)(from),
            ...(refuses === undefined ? { stopsOnly: versionsRefusing(odd) } : {}),
        });
    }
    return findings;
}
/** Where no tool is run. */
const NO_COMPOSER = { version: async () => undefined, refusesToken: async () => undefined };

// EXTERNAL MODULE: ./lib/composer/auth-json.js + 1 modules
var auth_json = __nccwpck_require__(1200);
// EXTERNAL MODULE: ./lib/composer/auth-sections.js
var auth_sections = __nccwpck_require__(3535);
// EXTERNAL MODULE: ./lib/composer/proxy.js
var proxy = __nccwpck_require__(7594);
// EXTERNAL MODULE: ./lib/composer/shown-url.js
var shown_url = __nccwpck_require__(4883);
;// CONCATENATED MODULE: ./lib/composer/auth-schema.js



/**
 * The first place at which a document is not what Composer's schema allows, or at which it holds credentials that
 * Composer would pass over in silence. Other settings than credentials are let through, as Composer lets them.
 *
 * Source of the rule: composer-schema.json, `properties.config`; `Factory::validateJsonSchema`.
 */
function schemaViolation({ text, data }) {
    for (const [key, value] of Object.entries(data)) {
        const violation = (0,auth_sections/* isCredentialSection */.P)(key) ? sectionViolation(text, key, value) : settingViolation(text, key, value);
        if (violation !== undefined)
            return violation;
    }
    return undefined;
}
function sectionViolation(text, section, value) {
    if (Array.isArray(value) && value.length === 0)
        return undefined;
    if (!(0,json/* isJsonObject */.OW)(value))
        return { kind: 'section', section, position: (0,auth_json/* positionOf */.df)(text, [section]) };
    const wrong = Object.entries(value).find(([, entry]) => auth_sections/* AUTH_SECTIONS */.i.get(section)?.fits(entry) === false);
    return wrong && { kind: 'entry', section, position: (0,auth_json/* positionOf */.df)(text, [section, wrong[0]]) };
}
function settingViolation(text, key, value) {
    const isWrapper = key === 'config' && (0,json/* isJsonObject */.OW)(value);
    if (!isWrapper && !looksLikeCredentials(key, value))
        return undefined;
    return { kind: isWrapper ? 'wrapped' : 'no-section', section: undefined, position: (0,auth_json/* positionOf */.df)(text, [key]) };
}
/** A host in the place of a section, or a section's name misspelt: `repo.magento.com`, `httpbasic`, `http_basic`. */
function looksLikeCredentials(key, value) {
    const letters = (text) => text.toLowerCase().replace(/[^a-z]/g, '');
    if ([...auth_sections/* AUTH_SECTIONS */.i.keys()].some((section) => letters(section) === letters(key)))
        return true;
    return (0,json/* isJsonObject */.OW)(value) && ('password' in value || 'token' in value || holdsPairs(value));
}
function holdsPairs(value) {
    return Object.values(value).some((item) => (0,json/* isJsonObject */.OW)(item) && 'password' in item);
}

// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(9547);
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
    return (0,auth_json/* entriesOf */.Mc)(read).filter(({ path: [section] }) => !section.startsWith('$'));
}
/** The document as Composer would read it, but for what `toJSON` makes of a secret that is not there. */
function parseComposerAuth(raw) {
    const read = (0,json/* parseJson */.qF)(Buffer.from(raw.trimEnd()));
    // Composer stops at `null` in the place of a text, which to the workflow is the same as an empty one.
    const text = read.kind === 'json' ? withEmptyTexts(read.text, read.value) : raw.trimEnd();
    return (0,auth_json/* readAuthJson */.NG)(Buffer.from(text));
}
/** The text with `""` for each `null` that stands for a text in an entry, in as many characters. */
function withEmptyTexts(text, value) {
    if (!/\bnull\b/.test(text) || !(0,json/* isJsonObject */.OW)(value))
        return text;
    const tree = (0,auth_json/* treeOf */.g7)(text);
    const nulls = Object.keys(value).flatMap((section) => auth_sections/* AUTH_SECTIONS */.i.has(section) && tree !== undefined ? nullsIn((0,main.findNodeAtLocation)(tree, [section]), 0) : []);
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
            return formOf(fault.section, at);
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
                fix: [`Put them into one of these sections: ${[...auth_sections/* AUTH_SECTIONS */.i.keys()].map(quoted).join(', ')}.`],
            };
        case 'section':
        case 'entry':
            return formOf(violation.section, at);
    }
}
function formOf(section, at) {
    const form = auth_sections/* AUTH_SECTIONS */.i.get(section ?? '')?.form ?? 'what Composer’s schema says';
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

// EXTERNAL MODULE: ./lib/inputs/key-shapes.js
var key_shapes = __nccwpck_require__(7141);
;// CONCATENATED MODULE: ./lib/runner/masks.js








/**
 * Has the runner mask the keys, before anything else is read or printed: as they were handed over, since other steps use
 * the same secrets, and as they are used here, with what surrounds them cut off.
 *
 * A JSON document in the place of a key is masked leaf by leaf, and other values line by line: the runner masks every
 * line of what it is given, and a line `{` would blot out the whole log.
 */
function maskGivenKeys(publicKey, privateKey) {
    const cut = { username: (0,key_shapes/* givenKey */.xy)(publicKey).value, password: (0,key_shapes/* givenKey */.xy)(privateKey).value };
    // A word with white space around it stays a word.
    const raw = { username: publicKey, password: cut.password.length < secret_forms/* SHORTEST_MASK */.SE ? cut.password : privateKey };
    maskAll([cut, raw].flatMap(masksOfPair));
}
/**
 * Has the runner mask the credentials for downloads in the forms in which it masks keys, and the MAGEID as well. Either input
 * may hold both halves, joined by a colon or in a URL.
 */
function maskDownloadCredentials(mageId, token) {
    maskGivenKeys(mageId, token);
    const pieces = [mageId, token].flatMap((raw) => raw.includes('://') ? (0,shown_url/* secretsInUrl */.C)(raw) : textsIn(raw).flatMap((text) => [text, ...text.split(':')]));
    maskAll((0,secret_forms/* masksForValues */.lj)(pieces));
}
/**
 * Has the runner mask what is secret in the input `composer-auth`: of a document that Composer would accept what each
 * section keeps secret, of any other every text in it, since nobody knows which is what.
 */
function maskComposerAuth(raw) {
    const read = parseComposerAuth(raw);
    if (read.kind === 'auth-json' && schemaViolation(read) === undefined)
        maskAll((0,auth_json/* entriesOf */.Mc)(read).flatMap(secret_forms/* masksForEntry */.$M));
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
        ...(0,secret_forms/* masksFor */.RM)({ username, password: document ? '' : password }).flatMap(textsIn),
        ...(document ? textsIn(password) : []),
        // A secret in the place of the public key is one all the same.
        ...(isJson(username) ? textsIn(username) : []),
    ];
}
/** What the runner was told already: it need not be told twice. */
const told = new Set();
/** Has the runner mask what Composer holds: somebody else may have written it, and anything may stand in it. */
function maskSecrets({ pairs, values }) {
    maskAll([...pairs.flatMap(masksOfPair), ...(0,secret_forms/* masksForValues */.lj)(values)]);
}
/** Has the runner mask further secrets, such as a proxy's password. Of several lines it would mask each, however short. */
function maskAll(values) {
    for (const value of values.flatMap((text) => (/[\r\n]/.test(text) ? lines(text) : text))) {
        if (value.length < secret_forms/* SHORTEST_MASK */.SE || told.has(value))
            continue;
        told.add(value);
        (0,core/* setSecret */.Pq)(value);
    }
}
/** What may be secret in a value: of a JSON document, sound or not, its texts; of all else its lines. */
function textsIn(value) {
    const { value: cut } = (0,key_shapes/* givenKey */.xy)(value);
    const parsed = isJson(cut) ? (0,json/* parseJson */.qF)(Buffer.from(cut)) : undefined;
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
        const { value: cut } = (0,key_shapes/* givenKey */.xy)(line);
        return cut.length < secret_forms/* SHORTEST_MASK */.SE ? [] : [cut, line];
    });
}
function isJson(value) {
    return /^[{[]/.test((0,key_shapes/* givenKey */.xy)(value).value);
}
function leaves(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(leaves);
    return (0,json/* isJsonObject */.OW)(value) ? Object.values(value).flatMap(leaves) : [];
}

;// CONCATENATED MODULE: ./lib/check/credentials/secrets-of-run.js










/** Gathers what is secret: all that Composer reads credentials from, in every section, and the project's URLs. */
function secretsOfRun({ inputs, entries, replaced, sources, project, environment }) {
    const { env } = environment;
    const given = {
        pairs: inputs,
        values: [
            ...inputs.flatMap(({ username, password }) => [...textsIn(username), ...textsIn(password)]),
            ...(0,proxy/* proxySecrets */.Wm)(env),
        ].filter(isLong),
    };
    const trusted = sources.filter((source) => !isInCheckout(source, environment));
    const masked = together([given, secretsOfEntries(entries), ...trusted.map(secretsOfSource)]);
    const others = sources.filter((source) => !trusted.includes(source)).map(secretsOfSource);
    return { all: together([masked, ...others, secretsOfEntries(replaced), secretsOfUrls(project)]), masked };
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
    const parsed = (0,json/* parseJson */.qF)(Buffer.from(text));
    if (parsed.kind === 'json' && (0,json/* isJsonObject */.OW)(parsed.value)) {
        const inFile = place === 'manifest' || place === 'home-config' ? parsed.value.config : parsed.value;
        return secretsOfSettings((0,json/* isJsonObject */.OW)(inFile) ? inFile : {}, text);
    }
    return { pairs: [], values: textsIn(text).filter(isLong) };
}
function secretsOfSettings(data, text) {
    return secretsOfEntries((0,auth_json/* entriesOf */.Mc)({ kind: 'auth-json', text, data }));
}
function secretsOfEntries(entries) {
    const kept = entries.map((entry) => ({ entry, pair: auth_sections/* AUTH_SECTIONS */.i.get(entry.path[0])?.pairIn(entry.value) }));
    // In the place of a pair's password a word may stand, which says that the user name is a token.
    const others = kept.filter(({ entry, pair }) => entry.path[0] !== 'http-basic' || pair === undefined);
    return { pairs: kept.flatMap(({ pair }) => pair ?? []), values: others.flatMap(({ entry }) => (0,secret_forms/* secretsOf */.Fj)(entry)) };
}
/** Credentials and tokens in the URLs of repositories and archives. */
function secretsOfUrls({ repositories, lock }) {
    const urls = [
        ...repositories.map(({ entry }) => entry.url),
        ...(lock?.packages.flatMap(({ dist }) => (dist === undefined ? [] : [dist.url, ...dist.mirrors.map(urlOf)])) ?? []),
    ].filter((url) => /[@?]/.test(url));
    return {
        pairs: urls.flatMap((url) => (0,effective_credentials/* credentialsInUrl */.FB)(url) ?? []),
        values: [...new Set(urls.flatMap(shown_url/* secretsInUrl */.C))],
    };
}
function urlOf({ url }) {
    return url;
}
function isLong({ length }) {
    return length >= secret_forms/* SHORTEST_MASK */.SE;
}
function together(all) {
    const pairs = new Map(all.flatMap((one) => one.pairs.map((pair) => [`${pair.username}\0${pair.password}`, pair])));
    return { pairs: [...pairs.values()], values: [...new Set(all.flatMap(({ values }) => values))] };
}

;// CONCATENATED MODULE: ./lib/check/credentials/unused-credentials.js





/**
 * What a step was given and Composer will not use, since it holds something else for the host. The same credentials in
 * another place are no override.
 */
function overriddenCredentials(entries, way, installed) {
    return [...(0,held_by_version/* givenBy */.ny)(entries, way)].flatMap(([host, given]) => {
        const used = way.held.get(host);
        if (used === undefined || (0,effective_credentials/* isSame */.Ft)(given, used))
            return [];
        const { by, name, section } = used.from;
        return [
            {
                ...problem/* NO_SERVER */.QJ,
                code: 'credentials-overridden',
                host,
                by,
                source: name,
                section,
                sent: used.kind === 'sent',
                installed,
                fails: undefined,
                place: (0,source_of_credentials/* placeOf */.$)(used.from),
            },
        ];
    });
}
/**
 * Credentials that the coming command does not read. They stand where it does not look: the project's auth.json is read
 * beside a composer.json alone. Or in a section that only newer versions know, or that another place replaces as a whole. Source: `Factory::createComposer`.
 */
function unreadCredentials(entries, way) {
    const { sources, held, headersFrom } = way;
    const known = (0,held_by_version/* givenBy */.ny)(entries, way);
    return [...(0,held_by_version/* givenBy */.ny)(entries, { version: version_rules/* TELLING_VERSIONS */.GD[0], sources })].flatMap(([host, { from }]) => {
        const tooNew = !known.has(host);
        if (held.has(host) && !tooNew)
            return [];
        const missing = { ...problem/* NO_SERVER */.QJ, code: 'credentials-missing', host, place: undefined };
        if (!tooNew && headersFrom !== undefined && from.section === 'custom-headers') {
            return [{ ...missing, reason: 'replaced-section', section: from.section, source: headersFrom.name }];
        }
        return [
            tooNew ? { ...missing, reason: 'unknown-section', section: from.section } : { ...missing, reason: 'not-read' },
        ];
    });
}

// EXTERNAL MODULE: ./lib/composer/lock-file.js
var lock_file = __nccwpck_require__(6186);
// EXTERNAL MODULE: ./lib/composer/partial-update.js + 1 modules
var partial_update = __nccwpck_require__(2076);
// EXTERNAL MODULE: ./lib/composer/repositories.js
var repositories = __nccwpck_require__(4456);
;// CONCATENATED MODULE: ./lib/check/needs-host.js





/**
 * Whether the coming command needs anything from a host, as far as the project says, without asking anybody: an archive of
 * the lock, a repository of composer.json, or a package named by hand. Without any of them the keys are what is checked.
 */
function needsHost(host, project, command, requested) {
    if (requested.length > 0)
        return true;
    const { lock, manifest } = project;
    const updates = lock !== undefined && (0,partial_update/* isPartial */.mt)(command);
    if (lock !== undefined) {
        const needsArchive = lock.packages.some((locked) => {
            if (locked.type === 'metapackage' || (locked.dev && !command.dev) || locked.dist === undefined)
                return false;
            const urls = (0,lock_file/* archiveUrls */.JJ)(locked);
            const [first = ''] = urls;
            // What is asked with credentials of its own does not need the host's.
            if (locked.hasOwnCredentials || (0,effective_credentials/* credentialsInUrl */.FB)(first) !== undefined)
                return false;
            // Nor does what is cloned first.
            if (locked.hasSource && project.installSource.prefersSource(locked.name, locked.version))
                return false;
            return (0,composer_origin/* originOf */.yv)(first) === host && project.alreadyThere(locked, urls) === undefined;
        });
        if (needsArchive || !updates)
            return needsArchive;
    }
    if (manifest === undefined)
        return true;
    const resolved = updates ? resolvedAnew(lock, manifest, command) : manifest.requirements;
    return project.repositories.some(({ entry }) => entry.type === 'composer' &&
        (0,repositories/* repositoryOrigin */.jU)(entry) === host &&
        resolved.some(({ name }) => (0,repositories/* mayServe */.dK)(entry, name)));
}
/** What a partial update looks for in the repositories. */
function resolvedAnew(lock, { requirements }, command) {
    if (command.sameVersions)
        return lock.packages;
    const { resolved, resolvedForKept } = (0,partial_update/* partialUpdate */.DA)(lock, requirements, command);
    return [...resolved, ...resolvedForKept];
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./lib/bounds/bounded-file.js
var bounded_file = __nccwpck_require__(5955);
// EXTERNAL MODULE: ./lib/bounds/json-file.js
var json_file = __nccwpck_require__(8118);
// EXTERNAL MODULE: ./lib/bounds/json-values.js
var json_values = __nccwpck_require__(210);
;// CONCATENATED MODULE: ./lib/composer/already-there.js










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
    const vendor = (0,config/* pathSetting */.A6)('vendor-dir', environment, sources)?.value ?? (0,external_node_path_.resolve)(environment.cwd, 'vendor');
    const installed = installedPackages((0,external_node_path_.join)(vendor, 'composer'));
    const cacheDir = (0,config/* pathSetting */.A6)('cache-dir', environment, sources)?.value ?? defaultCacheDir(environment, home);
    const files = (0,config/* pathSetting */.A6)('cache-files-dir', environment, sources)?.value ?? (cacheDir && (0,external_node_path_.join)(cacheDir, 'files'));
    // Most jobs have no cache: then no archive is looked for in it.
    const archiveIn = files !== undefined && (0,external_node_fs_.existsSync)(files) ? fileCache(files, deadline) : () => undefined;
    return (locked, urls) => {
        const present = installed?.get(locked.name);
        if (present !== undefined && isSame(present, locked) && already_there_isThere(present.path))
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
        if (!(0,json/* isJsonObject */.OW)(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string')
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
    const file = (0,json_file/* readJsonFile */.J)(path, json_values/* WRITTEN_BY_COMPOSER */.Hw);
    if (file.kind !== 'bytes')
        return file.kind === 'too-large' ? undefined : [];
    const parsed = (0,json/* parseJson */.qF)(file.bytes);
    if (parsed.kind !== 'json')
        return [];
    const packages = (0,json/* isJsonObject */.OW)(parsed.value) ? parsed.value.packages : parsed.value;
    return Array.isArray(packages) ? packages : [];
}
function referenceOf(place) {
    const reference = (0,json/* isJsonObject */.OW)(place) ? place.reference : undefined;
    return typeof reference === 'string' ? reference : '';
}
function isSame({ version, distReference, sourceReference }, locked) {
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
        const hash = (0,external_node_crypto_.createHash)('sha1');
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
    const explicit = (0,composer_environment/* truthy */.v)(env.COMPOSER_HOME);
    if (home === undefined || explicit !== undefined)
        return home && (0,external_node_path_.join)(home, 'cache');
    if (platform === 'win32') {
        const local = (0,composer_environment/* truthy */.v)(env.LOCALAPPDATA);
        return local === undefined ? (0,external_node_path_.join)(home, 'cache') : (0,external_node_path_.join)(local, 'Composer');
    }
    const userDirectory = (0,repositories/* withoutSlashesAtEnd */._p)(env.HOME ?? '');
    if (platform === 'darwin')
        return `${userDirectory}/Library/Caches/composer`;
    if (home === `${userDirectory}/.composer` && isDirectory(`${home}/cache`))
        return `${home}/cache`;
    const usesXdg = Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg');
    return usesXdg ? external_node_path_.posix.join((0,composer_environment/* truthy */.v)(env.XDG_CACHE_HOME) ?? `${userDirectory}/.cache`, 'composer') : `${home}/cache`;
}
function sha1(data) {
    return (0,external_node_crypto_.createHash)('sha1').update(data).digest('hex');
}

// EXTERNAL MODULE: ./lib/composer/install-source.js
var install_source = __nccwpck_require__(8971);
// EXTERNAL MODULE: ./lib/composer/link.js
var composer_link = __nccwpck_require__(5056);
// EXTERNAL MODULE: ./lib/composer/package-name.js
var package_name = __nccwpck_require__(5656);
// EXTERNAL MODULE: ./lib/composer/project-file.js
var project_file = __nccwpck_require__(9294);
// EXTERNAL MODULE: ./lib/composer/request-options.js
var request_options = __nccwpck_require__(9632);
;// CONCATENATED MODULE: ./lib/composer/manifest.js







/** Reads composer.json; undefined when there is none. */
function readManifest(path) {
    const file = (0,project_file/* readProjectFile */.SI)(path, json_values/* WRITTEN_BY_HAND */.gH);
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
        provides: (0,composer_link/* standsInFor */.ex)(data).map(({ name }) => name),
    };
}
function requirementsOf(file, section, dev) {
    const requirements = file.data[section];
    if (!(0,json/* isJsonObject */.OW)(requirements))
        return [];
    return Object.entries(requirements).flatMap(([name, text]) => {
        if (typeof text !== 'string' || (0,package_name/* isPlatformPackage */.U)(name) || !(0,package_name/* isPackageName */.k)(name))
            return [];
        const constraint = text.length > composer_link/* LONGEST_CONSTRAINT */.DZ ? '' : text.replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ').trim();
        return [{ name: name.toLowerCase(), constraint, dev, position: (0,project_file/* positionIn */.Nu)(file, section, name) }];
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
        else if ((0,json/* isJsonObject */.OW)(entry)) {
            const [only] = Object.entries(entry);
            if (only !== undefined && Object.keys(entry).length === 1 && only[1] === false)
                disabled.push(only[0]);
            else
                repositories.push(repositoryEntry(key, entry, (0,project_file/* positionIn */.Nu)(file, 'repositories', key)));
        }
    }
    return { repositories, disabled: disabled.map(repositoryName) };
}
/** The entries of `repositories` with their keys, in the order of the file. */
function repositoryEntries(file) {
    const value = file.data.repositories;
    if (Array.isArray(value))
        return value.map((entry, index) => [index, entry]);
    if (!(0,json/* isJsonObject */.OW)(value))
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
        url: (0,project_file/* readUrl */.wo)(entry.url),
        // A list without names lets none through, and no name is empty.
        only: Array.isArray(entry.only) && only.length === 0 ? [''] : only,
        exclude: stringsOf(entry.exclude),
        canonical: canonical !== false,
        inline: type === 'package' ? inlinePackages(entry.package) : [],
        hasOptions: (0,request_options/* changesRequests */.w)(entry.options),
        filter: entry.filter !== false,
        requiresPublishedTime: entry['require-published-time'] !== false,
        hasHeaders: (0,json/* isJsonObject */.OW)(entry.options) && (0,json/* isJsonObject */.OW)(entry.options.http) && entry.options.http.header !== undefined,
        versions: type === 'path' && (0,json/* isJsonObject */.OW)(entry.options) ? versionsIn(entry.options.versions) : new Map(),
        position,
    };
}
function versionsIn(value) {
    if (!(0,json/* isJsonObject */.OW)(value))
        return new Map();
    return new Map(Object.entries(value).flatMap(([name, version]) => typeof version === 'string' && !(0,project_file/* hasControls */.Lx)(version) ? [[name, version]] : []));
}
/** The packages of a `package` repository: one, or a list. */
function inlinePackages(value = []) {
    return [value].flat().flatMap((entry) => {
        if (!(0,json/* isJsonObject */.OW)(entry) || typeof entry.name !== 'string')
            return [];
        const version = typeof entry.version === 'string' ? entry.version : '';
        if ((0,project_file/* hasControls */.Lx)(version))
            return [];
        return [
            {
                name: entry.name.toLowerCase(),
                version,
                type: typeof entry.type === 'string' ? entry.type : 'library',
                dist: (0,lock_file/* distOf */.ob)(entry),
                hasSource: (0,json/* isJsonObject */.OW)(entry.source),
                requires: (0,composer_link/* linksOf */.hP)(entry, 'require'),
                provides: (0,composer_link/* standsInFor */.ex)(entry),
            },
        ];
    });
}
function stringsOf(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

;// CONCATENATED MODULE: ./lib/composer/versions/branches.js

const CURRENT = /^\* +(\(no branch\)|\(detached from \S+\)|\(HEAD detached at \S+\)|\S+) +([a-f\d]{40,64}) /;
const branches_NAMED = /^(?:\* )? *(?:remotes\/(?:origin|upstream)\/)?([^\s/]+) +[a-f\d]{40,64} /;
/** Branches that count by their own names; any other is taken for one that was begun from such a branch. */
const NO_FEATURE = /^(?:master|main|latest|next|current|support|tip|trunk|default|develop|\d+\..+|)$/;
/**
 * Reads what `git branch -a --no-color --no-abbrev -v` prints.
 *
 * Source of the rule: `VersionGuesser::guessGitVersion`.
 */
function readBranches(output) {
    let current;
    const others = new Set();
    for (const line of output.split(/\r?\n/)) {
        const [, name, commit] = CURRENT.exec(line) ?? [];
        if (name !== undefined && commit !== undefined) {
            const isDetached = name.startsWith('(');
            current = { name: isDetached ? commit : name, isDetached };
        }
        const [, other] = branches_NAMED.exec(line) ?? [];
        if (other !== undefined)
            others.add(other);
    }
    return { current, others: [...others] };
}
/**
 * The versions that a branch may give to a package, in the form that Composer shows: its own, and for one that is begun from another
 * those of all that it may have begun from. Which of these is nearest is not looked up.
 *
 * @param ownNames the package's `non-feature-branches`
 *
 * Source of the rule: `VersionGuesser::guessFeatureVersion`, `isFeatureBranch`, `postprocess`.
 */
function versionsOfBranch({ current, others }, ownNames) {
    if (current === undefined)
        return [];
    const { name, isDetached } = current;
    const counts = countsByItsName(ownNames);
    if (!isDetached && counts(name) === true)
        return [versionOfBranch(name)];
    const origins = others.filter((other) => other !== name && counts(other) !== false).map(versionOfBranch);
    return [...new Set([isDetached ? `dev-${name}` : versionOfBranch(name), ...origins])];
}
/** Tells whether a branch counts by its own name; undefined where a pattern of the package may say so. */
function countsByItsName(ownNames) {
    const names = Array.isArray(ownNames) ? ownNames : [];
    const arePlain = names.every((name) => typeof name === 'string' && /^[\w-]+$/.test(name));
    return (branch) => NO_FEATURE.test(branch) || names.includes(branch) || (arePlain ? false : undefined);
}
/** `1.0` is 1.0.x-dev, `main` is dev-main. */
function versionOfBranch(branch) {
    const numeric = (0,versions_version/* normalizedNumericBranch */.Fd)(`${branch}-dev`);
    return numeric?.includes('.9999999') ? numeric.replace(/(?:\.9999999)+/, '.x') : `dev-${branch}`;
}

;// CONCATENATED MODULE: ./lib/paths/folders-from.js

/** A folder and all that it is in, the nearest first. */
function foldersFrom(folder) {
    const parent = (0,external_node_path_.dirname)(folder);
    return parent === folder ? [folder] : [folder, ...foldersFrom(parent)];
}

;// CONCATENATED MODULE: ./lib/tools/run-git.js

/**
 * What a repository's own configuration could make git start is switched off, and a bare repository is not looked into
 * (since 2.38).
 */
const SAFE = [
    ...['-c', 'safe.bareRepository=explicit'],
    ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
];
/**
 * Nothing is fetched and nobody is asked: of a partial clone git would get what is missing by a command that the
 * repository's own configuration names.
 */
const QUIET = { GIT_OPTIONAL_LOCKS: '0', GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
/**
 * Asks git about the repository around a folder, which a stranger may have written.
 *
 * @param limit seconds
 */
function runGit(folder, args, environment, limit) {
    return runTool('git', [...SAFE, ...args], {
        environment,
        cwd: folder,
        // `GIT_DIR` and its like would have git look at another repository than the one around the folder.
        without: /^GIT_/i,
        variables: QUIET,
        limit,
    });
}

;// CONCATENATED MODULE: ./lib/check/resolved/guessed-versions.js






/** Repositories that are asked: each module of a project may be one. */
const MOST_REPOSITORIES = 100;
/** For each. Milliseconds. */
const guessed_versions_LONGEST_WAIT = 15_000;
/** What ends here may have been cut off. Characters. */
const LONGEST_LIST = 60_000;
/** Other version control that Composer asks where git gives no version. */
const OTHERS = ['.hg', '.svn', '.fslckout', '_FOSSIL_'];
/**
 * Guesses as Composer does, of which there is no more than one way for a folder outside of version control.
 *
 * Source of the rule: `PathRepository::initialize`, `VersionGuesser::guessVersion`.
 */
function guessedVersions(environment, deadline) {
    const { env, cwd } = environment;
    const asked = new Map();
    const about = async (root) => {
        if (root === undefined)
            return undefined;
        const known = asked.get(root) ?? (asked.size < MOST_REPOSITORIES ? askGit(root, environment, deadline) : 'unknown');
        if (known !== 'unknown')
            asked.set(root, known);
        return known;
    };
    const rootVersionFor = async ({ commit }) => {
        const rootVersion = env.COMPOSER_ROOT_VERSION ?? '';
        if (commit === '' || rootVersion === '' || rootVersion === '0')
            return [];
        const ofProject = await about(rootOf(foldersFrom(cwd)));
        if (ofProject === 'unknown')
            return undefined;
        return ofProject?.commit === commit ? ofRootVersion(rootVersion) : [];
    };
    // Where such a variable is set, git looks for the repository otherwise.
    const isLedAway = Object.keys(env).some((name) => /^GIT_(?:CEILING|DISCOVERY|CONFIG)/.test(name));
    return async (folder, manifest) => {
        const around = foldersFrom(withoutLinks(folder));
        const root = rootOf(around);
        if (isLedAway || around.some((one) => one !== root && looksBare(one)))
            return undefined;
        const found = await about(root);
        if (found === 'unknown')
            return undefined;
        const byVariable = found === undefined ? [] : await rootVersionFor(found);
        if (byVariable === undefined || byVariable.length > 0)
            return byVariable;
        const versions = found === undefined ? [] : guessed_versions_versionsIn(found, manifest);
        return versions.length > 0 ? versions : withoutGit(around);
    };
}
/** A tag counts only where no branch is checked out. */
function guessed_versions_versionsIn({ branches, tag }, manifest) {
    const { current } = branches;
    if (tag !== undefined && (current === undefined || current.isDetached))
        return [tag];
    return versionsOfBranch(branches, manifest['non-feature-branches']);
}
/** From 2.7 on `1.0-dev` means the branch; before that, the version. Source: `VersionGuesser::getRootVersionFromEnv`. */
function ofRootVersion(version) {
    const numbers = /^(\d+(?:\.\d+)*)-dev$/i.exec(version)?.[1];
    return numbers === undefined ? [version] : [version, `${numbers}.x-dev`];
}
async function askGit(root, environment, deadline) {
    const timeLimit = deadline.within(guessed_versions_LONGEST_WAIT);
    const git = (...args) => runGit(root, args, environment, timeLimit.left() / 1000);
    const branches = await git('branch', '-a', '--no-color', '--no-abbrev', '-v');
    if (branches.exitStatus !== 0 || branches.stdout.length > LONGEST_LIST)
        return 'unknown';
    const commit = await git('rev-parse', 'HEAD');
    const tag = await git('describe', '--exact-match', '--tags');
    if (commit.exitStatus === undefined || tag.exitStatus === undefined)
        return 'unknown';
    const name = tag.exitStatus === 0 ? tag.stdout.trim() : '';
    return {
        commit: commit.exitStatus === 0 ? commit.stdout.trim() : '',
        branches: readBranches(branches.stdout),
        tag: name !== '' && (0,versions_version/* normalizeVersion */.Qj)(name) !== undefined ? name : undefined,
    };
}
function withoutGit(around) {
    return around.some((one) => OTHERS.some((name) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(one, name)))) ? undefined : ['dev-main'];
}
/** The root of the repository that the first of some folders is in. */
function rootOf(around) {
    return around.find((one) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(one, '.git')));
}
function withoutLinks(folder) {
    try {
        return external_node_fs_.realpathSync.native(folder);
    }
    catch {
        return folder;
    }
}
/** Whether git, which looks for a repository upwards, would take a folder for one without a work tree. */
function looksBare(folder) {
    return ['HEAD', 'objects', 'refs'].every((name) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, name)));
}

// EXTERNAL MODULE: ./lib/check/resolved/path-packages.js + 1 modules
var path_packages = __nccwpck_require__(2972);
;// CONCATENATED MODULE: ./lib/check/project.js














/** Reads the project, and says which of its files Composer could not read. */
function readProject(environment, home, sources, command, deadline) {
    const manifest = readManifest((0,config/* composerJsonPath */.cA)(environment));
    // Where `lock` is off, Composer neither reads a lock nor writes one.
    const locks = manifest !== undefined && (0,config/* flagSetting */.jv)('lock', true, sources);
    const lock = locks ? (0,lock_file/* readLock */.mF)((0,config/* composerLockPath */.XW)(environment)) : undefined;
    const unreadable = [manifest, lock].filter((file) => file?.kind === 'unreadable');
    if (unreadable.length > 0)
        return { project: undefined, findings: unreadable.map(unreadableFile) };
    const readable = manifest?.kind === 'manifest' ? manifest : undefined;
    // A config.json that cannot be read stops Composer as well, but is nothing of this project's.
    const homeConfig = home === undefined ? undefined : readManifest((0,external_node_path_.join)(home, 'config.json'));
    const readableLock = lock?.kind === 'lock' ? lock : undefined;
    const needsLock = (0,partial_update/* isPartial */.mt)(command);
    if (needsLock && readable !== undefined && readableLock === undefined) {
        return { project: undefined, findings: [withoutLock(readable, command)] };
    }
    // A whole update makes a new lock, whatever is in the old one.
    const used = command.name === 'install' || needsLock ? readableLock : undefined;
    return {
        project: {
            manifest: readable,
            lock: used,
            repositories: (0,repositories/* enabledRepositories */.Ug)(readable, homeConfig?.kind === 'manifest' ? homeConfig : undefined),
            secureHttp: (0,config/* flagSetting */.jv)('secure-http', true, sources),
            policy: readPolicy(environment, sources),
            command: { name: command.name, fromLock: command.name === 'install' && used !== undefined },
            installSource: (0,install_source/* installSource */.n)(sources),
            runsPlugin: (name) => !isRootUnasked(environment) && (0,config/* allowsPlugin */.SI)(name, sources) === true,
            alreadyThere: alreadyThere(environment, home, sources, deadline),
            pathPackages: (0,path_packages/* pathPackages */.V)(deadline),
            guessedVersions: guessedVersions(environment, deadline),
            pathOf: (path) => (0,external_node_path_.resolve)(environment.cwd, (0,composer_environment/* expandPath */.a)(path, environment)),
        },
        findings: readableLock?.conflict === undefined ? [] : [conflictInHash(readableLock, readableLock.conflict, command)],
    };
}
function unreadableFile({ path, reason, position }) {
    return { ...problem/* NO_SERVER */.QJ, code: 'manifest-invalid', reason, place: { path, position } };
}
/** Composer updates a part of a lock only where there is one. Source of the rule: `Installer.php::doUpdate`. */
function withoutLock({ path }, { sameVersions }) {
    const reason = sameVersions ? 'no-lock-to-renew' : 'no-lock';
    return { ...problem/* NO_SERVER */.QJ, code: 'manifest-invalid', reason, place: { path, position: undefined } };
}
/** A conflict in a lock that some versions of Composer put right by themselves, and others stop at. */
function conflictInHash({ path }, position, { name }) {
    const stopsOnly = (0,version_rules/* versionsWhere */.Fj)((version) => !(0,version_rules/* holds */.v9)('repairsContentHash', version) || (name === 'install' && (0,version_rules/* holds */.v9)('refusesRepairedContentHash', version)));
    return { ...problem/* NO_SERVER */.QJ, code: 'manifest-invalid', reason: 'conflict', place: { path, position }, stopsOnly };
}
/**
 * Composer switches plugins off when root runs it without a terminal, unless `COMPOSER_ALLOW_SUPERUSER` is set (or, which
 * cannot be seen from here, it finds itself in a container). Source: `Console/Application.php::doRun`.
 */
function isRootUnasked({ env, platform }) {
    return platform !== 'win32' && process.getuid?.() === 0 && (0,composer_environment/* truthy */.v)(env.COMPOSER_ALLOW_SUPERUSER) === undefined;
}

;// CONCATENATED MODULE: ./lib/check/check.js















/**
 * Sets up everything that asking needs: the project, its settings, credentials, trust and proxies, by the rules of the
 * installed Composer, whose version is looked up at most once and only where versions differ.
 */
function openCheck(inputs, subject) {
    const { environment, entries, replaced, keysFrom } = subject;
    const host = (0,composer_origin/* originOf */.yv)(inputs.repositoryUrl);
    const { settings, sources, project, unreadable } = readFiles(inputs, subject);
    const ways = (0,held_by_version/* heldByEachVersion */.ab)(sources, project, entries, host);
    const keys = { username: inputs.publicKey.value, password: inputs.privateKey.value };
    const forDownloads = inputs.downloads ?? inputs.incompleteDownloads;
    const pairs = forDownloads === undefined ? [keys] : [keys, forDownloads];
    const secrets = secretsOfRun({ inputs: pairs, entries, replaced, sources: settings, project, environment });
    const redaction = redactionOf(secrets.all);
    const version = once(() => installedComposerVersion(environment));
    const setup = { inputs, environment, host, settings, project, entries, keysFrom, redaction, version };
    return {
        secrets,
        redaction,
        needsMain: inputs.check !== 'full' || needsHost(host, project, inputs.composerCommand, inputs.packages),
        version,
        run: async () => {
            const installed = { version, refusesToken: (odd) => refusesToken(odd, environment) };
            const results = await runEachWay(setup, ways, sources, subject, installed);
            return results.map((result) => ({
                ...result,
                findings: [...unreadable, ...result.findings],
                // What cannot be read is there all the same.
                noProject: unreadable.length === 0 ? result.noProject : undefined,
            }));
        },
        filesAlone: async () => [
            ...(await invalidAuthFiles(sources, subject.known, NO_COMPOSER.version)),
            ...(await refusedTokens(sources, entries, NO_COMPOSER)),
            ...overriddenInEveryWay(entries, ways),
            ...ways.slice(0, 1).flatMap((way) => {
                const from = (0,source_of_credentials/* sourceOfCredentials */.h)(entries, way, keysFrom, host);
                return (0,doubtful_credentials/* doubtfulByLookAlone */.p)((0,held_by_version/* withGiven */.aP)(way, entries), from, host);
            }),
        ],
    };
}
function readFiles({ check, composerCommand }, { environment, home, deadline }) {
    const settings = (0,config/* configSources */.$2)(environment, home);
    if (check !== 'full') {
        // `check: access` is about the keys alone: what a project holds besides them is another matter.
        const sources = settings.filter(({ place }) => place !== 'manifest' || check !== 'access');
        return { settings, sources, project: NO_PROJECT, unreadable: [] };
    }
    const read = readProject(environment, home, settings, composerCommand, deadline);
    return { settings, sources: settings, project: read.project ?? NO_PROJECT, unreadable: read.findings };
}
/** What asking comes to by the installed Composer; where none is, in each way in which versions read credentials. */
async function runEachWay(setup, ways, sources, { unwritten, known, deadline }, composer) {
    const { project, entries, version, inputs } = setup;
    // What sends requests is loaded by those steps alone that send some.
    const { runCheck } = await Promise.all(/* import() */[__nccwpck_require__.e(942), __nccwpck_require__.e(28), __nccwpck_require__.e(384)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9384));
    const invalid = [
        ...(await invalidAuthFiles(sources, known, version)),
        ...(await refusedTokens(sources, entries, composer)),
    ];
    const installed = ways.length === 1 ? undefined : await version();
    const results = [];
    const timeLimit = deadline.within(1000 * 2 * inputs.timeout * (inputs.retries + 1));
    for (const way of installed === undefined ? ways : [(0,held_by_version/* heldBy */.Vr)(installed, sources, project)]) {
        // One for which no time is left tells nothing, and is not to cast doubt on what the others tell.
        if (results.length > 0 && timeLimit.passed())
            break;
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
    guessedVersions: async () => undefined,
    pathOf: (path) => path,
};
function once(work) {
    let done;
    return () => {
        done ??= work();
        return done;
    };
}

// EXTERNAL MODULE: ./lib/collections/grouped.js
var grouped = __nccwpck_require__(8551);
// EXTERNAL MODULE: ./lib/problems/at-server.js
var at_server = __nccwpck_require__(431);
// EXTERNAL MODULE: ./lib/problems/catalogue.js + 34 modules
var catalogue = __nccwpck_require__(471);
;// CONCATENATED MODULE: ./lib/check/verdict.js





/** Findings with their severities, most severe first; what merely follows from another is left to that one. */
function weigh(findings, circumstances) {
    const rejecting = findings.filter((finding) => finding.code === 'keys-rejected' && ((0,at_server/* failsCommand */.VR)(finding) || (0,catalogue/* stopsAt */.nK)(finding, circumstances.version)));
    const hosts = new Set(rejecting.map(({ host }) => host));
    const weighed = findings.map((finding) => ({
        finding,
        severity: (0,catalogue/* severityOf */.xJ)(finding, { ...circumstances, rejected: hosts.has(finding.host) }),
    }));
    const own = blamed(foldedIntoEmpty(foldedIntoMissing(weighed, circumstances.mainAsked)));
    return inOrder(withoutFollowUps(foldedIntoSection(withoutIdleDoubts(foldedIntoShape(own)))));
}
/**
 * What a host answers to nobody is what missing keys mean, and is said once. Where it lets nobody's requests through, or is
 * not asked for anything since others come before it, Composer needs no keys.
 */
function foldedIntoMissing(problems, asked) {
    const missing = problems.find(({ finding, severity }) => severity === 'error' && areNoKeys(finding));
    if (missing?.finding.code !== 'keys-missing')
        return problems;
    const { host } = missing.finding;
    const others = new Set(problems.filter((problem) => problem !== missing && problem.finding.host === host));
    const works = asked && [...others].every(({ severity }) => severity !== 'error');
    return problems.flatMap((problem) => {
        if (problem === missing)
            return [{ ...problem, severity: works ? 'warning' : 'error' }];
        return others.has(problem) && (0,catalogue/* isByCredentials */.Cp)(problem.finding) ? [] : [problem];
    });
}
/** An entry for another host that holds nothing was left out: what that host refuses without it, it explains. */
function foldedIntoEmpty(problems) {
    const emptied = problems.filter(({ finding }) => isLeftOut(finding) && !finding.areKeys);
    const hosts = new Set(emptied.map(({ finding }) => finding.host));
    const folded = problems.filter((problem) => hosts.has(problem.finding.host) && !emptied.includes(problem) && (0,catalogue/* isByCredentials */.Cp)(problem.finding));
    const byHost = (0,grouped/* grouped */.z)(folded, ({ finding }) => finding.host);
    const gone = new Set(folded);
    return problems.flatMap((problem) => {
        const { finding } = problem;
        if (gone.has(problem))
            return [];
        const [first] = byHost.get(finding.host) ?? [];
        if (first === undefined || !isLeftOut(finding) || finding.areKeys)
            return [problem];
        const failures = byHost.get(finding.host) ?? [];
        const { severity, finding: failure } = failures.find(isError) ?? first;
        const packages = [...new Set(failures.flatMap((one) => one.finding.packages))];
        const url = 'url' in failure ? failure.url : undefined;
        const place = finding.place ?? failure.place;
        return [{ severity, finding: { ...finding, status: failure.status, url, packages, place } }];
    });
}
/** Whether a finding says that there are no keys for the repository of `repository-url`. */
function areNoKeys(finding) {
    return finding.code === 'keys-missing' && (finding.reason === 'inputs' || (isLeftOut(finding) && finding.areKeys));
}
function isLeftOut(finding) {
    return finding.code === 'keys-missing' && finding.reason === 'left-out';
}
/**
 * One verdict from several: where versions of Composer hold different credentials, and which is installed is not known.
 * They agree, and the newest version's speaks; or what fails for one of them alone is a warning.
 */
function agreed(verdicts) {
    const [newest = [], ...others] = verdicts;
    const fails = (problems) => problems.some(isError);
    if (others.every((other) => fails(other) === fails(newest)))
        return newest;
    const failing = verdicts.find(fails) ?? [];
    const errors = verdicts.map((problems) => new Set(problems.filter(isError).map(({ finding }) => textOf(finding))));
    const always = ({ finding }) => errors.every((texts) => texts.has(textOf(finding)));
    return inOrder(failing.map((problem) => problem.severity === 'error' && !always(problem) ? { ...problem, severity: 'warning' } : problem));
}
function isError({ severity }) {
    return severity === 'error';
}
/** A finding with all that it says, to be compared with others, of which there may be thousands. */
function textOf(finding) {
    return JSON.stringify(finding);
}
function inOrder(problems) {
    return problems.toSorted(catalogue/* bySeverity */.Np);
}
/** A key that is something else explains why it is rejected: one problem, which says both. */
function foldedIntoShape(problems) {
    const rejections = new Map(problems.flatMap((problem) => problem.finding.code === 'keys-rejected' && problem.severity === 'error'
        ? [[problem.finding.host, problem.finding]]
        : []));
    const explained = new Set(problems.flatMap(({ finding, severity }) => finding.code === 'keys-malformed' && severity === 'error' && rejections.has(finding.host) ? [finding.host] : []));
    return problems.flatMap((problem) => {
        const { finding, severity } = problem;
        if (finding.code === 'keys-rejected' && severity === 'error' && explained.has(finding.host))
            return [];
        if (finding.code !== 'keys-malformed' || severity !== 'error' || !explained.has(finding.host))
            return [problem];
        const rejection = rejections.get(finding.host);
        const place = finding.place ?? rejection?.place;
        return [{ ...problem, finding: { ...finding, status: rejection?.status, rejectedAt: rejection?.url, place } }];
    });
}
/** What Composer holds for a host is none of ours to judge by its look while the host takes it, where that is asked. */
function withoutIdleDoubts(problems) {
    return problems.filter(({ finding, severity }) => finding.code !== 'keys-malformed' || finding.other === undefined || finding.unasked || severity === 'error');
}
/** Where the installed Composer does not read a host's credentials, that is why it holds none. */
function foldedIntoSection(problems) {
    const ofReason = (...reasons) => new Map(problems.flatMap((problem) => {
        const { finding } = problem;
        return finding.code === 'credentials-missing' && reasons.includes(finding.reason)
            ? [[finding.host, problem]]
            : [];
    }));
    const [unheld, unread] = [ofReason('none-held'), ofReason('unknown-section', 'replaced-section')];
    return problems.flatMap((problem) => {
        const { finding } = problem;
        const host = finding.host ?? '';
        if (problem === unheld.get(host) && unread.has(host))
            return [];
        if (problem !== unread.get(host))
            return [problem];
        const { status, place, packages } = unheld.get(host)?.finding ?? finding;
        return [
            {
                finding: { ...finding, status, place, packages },
                severity: unheld.get(host)?.severity ?? problem.severity,
            },
        ];
    });
}
/** What may come from a repository at which Composer stops, over http or in a folder that is missing, is not worth a warning of its own. */
function withoutFollowUps(problems) {
    const closed = problems.some(({ finding, severity }) => severity === 'error' &&
        (finding.code === 'insecure-url' || (finding.code === 'manifest-invalid' && finding.reason === 'missing-folder')));
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
    const failures = problems.filter(({ finding, severity }) => severity === 'error' && finding.host !== undefined && hosts.has(finding.host) && (0,catalogue/* isByCredentials */.Cp)(finding));
    const folded = new Set(failures);
    const byHost = (0,grouped/* grouped */.z)(failures, ({ finding }) => finding.host);
    return problems.flatMap((problem) => {
        const { finding } = problem;
        if (folded.has(problem))
            return [];
        if (finding.code !== 'credentials-overridden')
            return [problem];
        const own = byHost.get(finding.host) ?? [];
        const doubt = problems.find((one) => one.finding.code === 'keys-malformed' && one.finding.host === finding.host);
        const shape = doubt?.finding.code === 'keys-malformed' && doubt.finding.other ? doubt.finding.shape : undefined;
        const fails = failureOf(own.map((failure) => failure.finding), shape);
        return fails === undefined ? [problem] : [{ finding: { ...finding, fails }, severity: 'error' }];
    });
}
function failureOf(findings, shape) {
    const [first] = findings;
    if (first === undefined)
        return undefined;
    return {
        notReceived: first.code === 'keys-not-received',
        empty: first.code === 'keys-missing' && first.reason === 'refused',
        shape,
        status: first.status,
        url: 'url' in first ? first.url : undefined,
        packages: [...new Set(findings.flatMap(({ packages }) => packages))],
    };
}
/** Whether the verdict on these findings depends on the version of the installed Composer. */
function dependsOnVersion(findings) {
    return findings.some((finding) => {
        const stopsSome = (0,composer_versions/* isAmong */.FB)(finding.stopsOnly ?? composer_versions/* NO_VERSION */.dG, undefined) === undefined;
        return ((stopsSome && (0,catalogue/* severityOf */.xJ)(finding, problem/* NOTHING_KNOWN */.GN) !== 'error') || ('retryAfter' in finding && (0,at_server/* isWaitedFor */.sx)(finding)));
    });
}

// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __nccwpck_require__(643);
;// CONCATENATED MODULE: ./lib/credentials/exposure.js





/**
 * Whether a file is inside a git work tree, a submodule's or a linked one included, and git would publish it. Undefined
 * when it would not, when the file does not exist, and when git cannot tell, as where there is none.
 */
async function exposureToGit(path, environment) {
    if (!(0,external_node_fs_.existsSync)(path))
        return undefined;
    const file = (0,external_node_path_.join)(external_node_fs_.realpathSync.native((0,external_node_path_.dirname)(path)), (0,external_node_path_.basename)(path));
    const until = external_node_perf_hooks_.performance.now() + exposure_LONGEST_WAIT * 1000;
    for (const root of rootsAbove(file)) {
        const git = (...args) => runGit(root, [...ANYBODYS, ...args], environment, (until - external_node_perf_hooks_.performance.now()) / 1000);
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
    return foldersFrom((0,external_node_path_.dirname)(path)).filter((folder) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, '.git')));
}
/** The checkout may belong to another user, as in a container, which git refuses to read unless told that it is safe. */
const ANYBODYS = ['-c', 'safe.directory=*'];
/** It answers from one index; what takes longer is ended. Seconds for all that is asked about a file. */
const exposure_LONGEST_WAIT = 15;

;// CONCATENATED MODULE: ./lib/paths/as-on-disk.js


/**
 * A path with its names in the case that they have on disk, where a system takes every case for the same: GitHub matches
 * annotations with the names of the repository, and one file must have one name here. Links are not followed, and what
 * does not exist stays as it is written.
 *
 * @param path absolute
 * @param above a folder that stays as it is written, where the path is inside of it
 */
function asOnDisk(path, above) {
    const inside = above === undefined ? '..' : (0,external_node_path_.relative)(above, path);
    if (above !== undefined && !leadsOut(inside))
        return inFolder(above, inside);
    const { root } = (0,external_node_path_.parse)(path);
    // A drive has no name on disk; Windows itself writes its letter as a capital.
    return inFolder(/^[a-z]:/.test(root) ? root.toUpperCase() : root, path.slice(root.length));
}
function leadsOut(way) {
    return way.split(external_node_path_.sep)[0] === '..' || (0,external_node_path_.parse)(way).root !== '';
}
function inFolder(folder, way) {
    return way.split(external_node_path_.sep).reduce((at, name) => (name === '' ? at : named(at, name)), folder);
}
/** The path of a name in a folder, as the folder spells it. */
function named(folder, name) {
    const path = (0,external_node_path_.join)(folder, name);
    try {
        return (0,external_node_fs_.lstatSync)(path).isSymbolicLink() ? path : (0,external_node_path_.join)(folder, (0,external_node_path_.basename)(external_node_fs_.realpathSync.native(path)));
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
        home: (0,composer_environment/* truthy */.v)(env.HOME) ?? (0,composer_environment/* truthy */.v)(env.USERPROFILE),
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
    if (!isInWorkTree((0,external_node_path_.dirname)(real), surroundings))
        return `${real}.${NAME}`;
    return (0,external_node_path_.join)(places_isInside(real, realFolder(surroundings.workspace)) ? privateFolder(surroundings) : sharedFolder(surroundings), nameFor(real));
}
/** Whether a path is one that `sidecarOf` may have made. A step's state can be somebody else's text. */
function places_isSidecarPath(path) {
    const name = basename(path);
    return isAbsolute(path) && (name === `auth.json.${NAME}` || new RegExp(`^${NAME}-[0-9a-f]{32}$`).test(name));
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
    return (0,external_node_path_.join)(outside ?? named, user === undefined ? NAME : `${NAME}-${user}`);
}
/** Where no variable names another; on Windows variables alone do. */
const SYSTEM_TEMPORARY = process.platform === 'win32' ? undefined : '/tmp';
/** Whether a folder is one that jobs share, and must be closed to other users. */
function isSharedFolder(folder) {
    return new RegExp(`^${NAME}(-\\d+)?$`).test((0,external_node_path_.basename)(folder));
}
/**
 * Whether links in the checkout lead out of it on the way to an auth.json. They come with a commit, and a commit does not
 * say into which folder of the machine keys are written.
 *
 * @param named the path as settings or Composer's rules give it, links not followed
 * @param path where the auth.json is to be
 */
function places_leadsOut(named, path, { workspace, project }) {
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
    return `${NAME}-${(0,external_node_crypto_.createHash)('sha256').update(realPathOfFile).digest('hex').slice(0, 32)}`;
}
function realFolder(folder) {
    try {
        return asOnDisk((0,external_node_fs_.realpathSync)(folder));
    }
    catch {
        const parent = (0,external_node_path_.dirname)(folder);
        return parent === folder ? folder : (0,external_node_path_.join)(realFolder(parent), (0,external_node_path_.basename)(folder));
    }
}

;// CONCATENATED MODULE: ./lib/credentials/exposed-files.js







/** Files that hold credentials and that git would take along: those written, and one that the project had already. */
async function exposures(files, environment) {
    const ours = new Set(files.map(realPath));
    const all = [...new Set([...ours, realPath((0,config/* projectAuthPath */.NZ)(environment))])];
    const found = await Promise.all(all.map(async (path) => {
        const written = ours.has(path);
        if (!written && holdsNone(path))
            return [];
        const exposure = await exposureToGit(path, environment);
        if (exposure === undefined)
            return [];
        return [
            {
                ...problem/* NO_SERVER */.QJ,
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
    const file = (0,bounded_file/* readBounded */.CB)(path, config/* LARGEST_AUTH_FILE */.bN);
    const read = file.kind === 'bytes' ? (0,auth_json/* readAuthJson */.NG)(file.bytes) : undefined;
    return read?.kind === 'auth-json' && (0,auth_json/* entriesOf */.Mc)(read).flatMap(secret_forms/* secretsOf */.Fj).join('') === '';
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
    const explicit = (0,composer_environment/* truthy */.v)(env.COMPOSER_HOME);
    if (explicit !== undefined)
        return found(path.resolve(environment.cwd, (0,composer_environment/* expandPath */.a)(explicit, environment)));
    if (platform === 'win32') {
        const appData = (0,composer_environment/* truthy */.v)(env.APPDATA);
        if (appData === undefined) {
            return unknown('The APPDATA or COMPOSER_HOME environment variable must be set for composer to run correctly');
        }
        return found(external_node_path_.win32.join(appData, 'Composer'));
    }
    const home = (0,composer_environment/* truthy */.v)(env.HOME);
    if (home === undefined) {
        return unknown('The HOME or COMPOSER_HOME environment variable must be set for composer to run correctly');
    }
    const userDirectory = home.replaceAll('\\', '/').replace(/\/+$/, '');
    const legacy = `${userDirectory}/.composer`;
    const candidates = usesXdg(environment)
        ? [`${(0,composer_environment/* truthy */.v)(env.XDG_CONFIG_HOME) ?? `${userDirectory}/.config`}/composer`, legacy]
        : [legacy];
    // Relative ones start where Composer will run, which need not be where this process does.
    const absolute = candidates.map((candidate) => external_node_path_.posix.resolve(environment.cwd, candidate));
    const existing = absolute.find((candidate) => environment.isDirectory(candidate));
    return found(existing ?? external_node_path_.posix.resolve(environment.cwd, legacy));
}
function usesXdg({ env, isDirectory }) {
    return Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg');
}
function found(path) {
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
    (0,core/* exportVariable */.dN)('COMPOSER_AUTH', text);
}

;// CONCATENATED MODULE: ./lib/runner/say.js


/**
 * Writes one line into the log. Hosts and paths in it may be a pull request's: composer.json names repositories, and can
 * be a link into a folder whose name goes on over lines.
 */
function say_say(line) {
    (0,core/* info */.pq)((0,server_text/* flattened */.aO)(line));
}

;// CONCATENATED MODULE: ./lib/composer/auth-json-changes.js



/** Each edit reads the text anew; a section in which more changes than this is written out as a whole instead. */
const MOST_EDITS = 20;
/** The file with several entries set or taken out, as by `withValue`. */
function auth_json_changes_withValues(file, changes) {
    const bySection = (0,grouped/* grouped */.z)(changes, ({ path: [section] }) => section);
    return [...bySection].reduce((edited, [section, inSection]) => inSection.length > MOST_EDITS && inSection.every(({ path }) => path.length === 2)
        ? (0,auth_json/* withValue */.cO)(edited, [section], changedSection(edited, section, inSection))
        : inSection.reduce((each, { path, value }) => (0,auth_json/* withValue */.cO)(each, path, value), edited), file);
}
function changedSection(file, section, changes) {
    const found = (0,auth_json/* valueAt */.fK)(file, [section]);
    const members = new Map(Object.entries((0,json/* isJsonObject */.OW)(found) ? found : {}));
    for (const { path, value } of changes) {
        const [, origin = ''] = path;
        if (value === undefined)
            members.delete(origin);
        else
            members.set(origin, value);
    }
    return Object.fromEntries(members);
}

// EXTERNAL MODULE: ./lib/problems/phrases.js
var phrases = __nccwpck_require__(350);
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
    const salt = (0,external_node_crypto_.randomBytes)(16).toString('hex');
    const words = (0,phrases/* hostsOf */.PP)(entries.map(({ path }) => path));
    const hosts = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
    return { id, salt, fingerprints: fingerprintsOf(salt, entries), count: entries.length, hosts };
}
/** What stands in the places of entries, to be taken down before they are written. */
function standing(file, entries) {
    return entries.slice(0, lease_MOST_FINGERPRINTS).map(({ path, value }) => {
        const found = (0,auth_json/* valueAt */.fK)(file, path);
        if (found === undefined)
            return 'nothing';
        return (0,external_node_util_.isDeepStrictEqual)(found, value) ? 'the same' : 'another';
    });
}
/** The entries of somebody else that stand in the places of these, and are secret as long as they do not: servers may know them. */
function replacedBy(entries, file) {
    return entries.flatMap(({ path, value }) => {
        const found = (0,auth_json/* valueAt */.fK)(file, path);
        return found === undefined || (0,external_node_util_.isDeepStrictEqual)(found, value) ? [] : [{ path, value: found }];
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
    return (0,external_node_crypto_.createHash)('sha256').update(`${salt}\0${text}`).digest('hex');
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
    return JSON.stringify(value, (_, item) => (0,json/* isJsonObject */.OW)(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item);
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
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
    return above === path || (0,external_node_fs_.existsSync)(above) ? above : inPlaceOfFolder(above);
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
        await (0,promises_.setTimeout)(PAUSE);
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
    return { kind: 'merged', text, variable, replaced: replacedBy(entries, read) };
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
    if ((0,composer_environment/* truthy */.v)(found) === undefined)
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
    const set = (0,composer_environment/* truthy */.v)(text);
    return set === undefined ? auth_json/* EMPTY_AUTH_JSON */.G4 : (0,auth_json/* readAuthJson */.NG)(Buffer.from(set));
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
            writeRunnerFile('GITHUB_STATE', () => (0,core/* saveState */.LZ)(state_NAME, this.#state));
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
    const read = files.slice(0, MOST_FILES).map(readFile);
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
function namesIn(folder) {
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
    return (0,external_node_crypto_.createHash)('sha256').update(contents).digest('hex');
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
        return entry !== undefined && (0,external_node_util_.isDeepStrictEqual)(entry.value, value);
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
    if ((0,json_values/* hasMoreValues */.wn)(bytes, json_values/* WRITTEN_BY_COMPOSER */.Hw.values))
        return undefined;
    const parsed = (0,json/* parseJson */.qF)(bytes);
    if (parsed.kind !== 'json' || !(0,json/* isJsonObject */.OW)(parsed.value))
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
    if (!(0,json/* isJsonObject */.OW)(value))
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
    const path = (0,json/* isJsonObject */.OW)(item) ? (0,auth_json/* readAuthPath */.Wu)(item.path) : undefined;
    if (!(0,json/* isJsonObject */.OW)(item) || path === undefined)
        return undefined;
    return item.value === undefined ? { path } : { path, value: item.value };
}
function readOwner(item) {
    if (!(0,json/* isJsonObject */.OW)(item) || !Array.isArray(item.entries))
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
        for (const name of namesIn(folder))
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
    const ours = ownedPaths(before).filter((path) => isOwnersEntry(before, path, (0,auth_json/* valueAt */.fK)(current, path)));
    return auth_json_changes_withValues(current, ours.map((path) => ({ path, value: entitledValue(after, path) })));
}

;// CONCATENATED MODULE: ./lib/credentials/auth-locations.js





/** The files that the input `auth-location` names, each once: Composer's home may be the project's folder. */
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
        else if (places_leadsOut(target.named, target.path, surroundings)) {
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
            return { path: (0,config/* projectAuthPath */.NZ)(environment), named: (0,config/* composerJsonPath */.cA)(environment) };
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
/** The finding that a file or variable cannot be written. */
function unwritable(target, reason, systemCode, composerSays) {
    const place = (0,external_node_path_.isAbsolute)(target) ? { path: target, position: undefined } : undefined;
    return { ...problem/* NO_SERVER */.QJ, code: 'auth-file-unwritable', target, reason, systemCode, composerSays, place };
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
        await (0,promises_.setTimeout)(20 + Math.random() * 30);
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
        const file = (0,bounded_file/* readBounded */.CB)((0,external_node_path_.join)(this.path, 'owner'), LONGEST_OWNER);
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
        ? joined(before, claim, found, current, folders)
        : before && outlived(before, claim, found);
    const cleared = before === undefined || after === undefined ? current : settled(current, before, after);
    const wanted = auth_json_changes_withValues(cleared, claim.entries);
    // What the post step could not read any more would stay in it.
    if (Buffer.byteLength(wanted.text) > config/* LARGEST_AUTH_FILE */.bN)
        throw new unwritable_file_UnwritableFile(file.path, 'too-large');
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
    return { kind: 'written', stood: standing(current, claim.entries), replaced: replacedBy(claim.entries, current) };
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
function joined(before, claim, found, current, folders) {
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
    const value = (0,auth_json/* valueAt */.fK)(file, path);
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
    const read = first.kind === 'bytes' ? (0,auth_json/* readAuthJson */.NG)(Buffer.from(first.bytes, 'base64')) : auth_json/* EMPTY_AUTH_JSON */.G4;
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
    return found === undefined ? auth_json/* EMPTY_AUTH_JSON */.G4 : (0,auth_json/* readAuthJson */.NG)(found.bytes);
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
        return { findings: [], files: [], replaced: [], exported: false, environment, home };
    const id = (0,external_node_crypto_.randomUUID)();
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
    const replaced = variable?.kind === 'merged' ? [...variable.replaced] : [];
    for (const file of files) {
        const result = await writeTo(file, { id, entries, temporary: inputs.cleanup }, state);
        if ('code' in result)
            findings.push(result);
        else {
            written.push(file.path);
            replaced.push(...result.replaced);
        }
    }
    const refused = variable && (await exportVariable(variable, environment.env, state));
    if (refused !== undefined)
        findings.push(refused);
    const text = variable?.kind === 'merged' && refused === undefined ? variable.text : undefined;
    const after = text === undefined ? environment : withVariable(environment, text);
    return { findings, files: written, replaced, exported: text !== undefined, environment: after, home };
}
async function writeTo(file, claim, state) {
    const result = await writeCredentials(file, claim);
    switch (result.kind) {
        case 'written':
            state.written(file, result.stood);
            say_say(`Composer's credentials for ${state.hosts} are in ${file.path}${claim.temporary ? ' until the job ends' : ''}.`);
            return result;
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
async function exportVariable(merged, env, state) {
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
    say_say(`Composer's credentials for ${state.hosts} are in COMPOSER_AUTH for all later steps${state.temporary ? ' until the job ends' : ''}.`);
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
function withVariable(environment, text) {
    return { ...environment, env: { ...environment.env, COMPOSER_AUTH: text } };
}

;// CONCATENATED MODULE: ./lib/workflow/event.js



/**
 * GitHub's own limit for a webhook's payload is 25 MB, which only a push of very many commits comes near. Of one with more the
 * reason is not known.
 */
const LIMITS = json_values/* WRITTEN_BY_COMPOSER */.Hw;
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
    const file = (0,json_file/* readJsonFile */.J)(path, LIMITS);
    if (file.kind !== 'bytes')
        return undefined;
    const parsed = (0,json/* parseJson */.qF)(file.bytes);
    return parsed.kind === 'json' ? parsed.value : undefined;
}
function field(value, ...path) {
    return path.reduce((at, key) => ((0,json/* isJsonObject */.OW)(at) ? at[key] : undefined), value);
}

;// CONCATENATED MODULE: ./lib/inputs/empty-values.js



/** The entries of `composer-auth` that have something empty where a secret belongs. */
function emptyEntries(entries) {
    return entries.flatMap(({ path, value }) => {
        if (!isEntryOfHost(path))
            return [];
        const values = emptyValues(path, value);
        return values.length === 0 ? [] : [{ path, values, leftOut: holdsNothing(path[0], value, values.length) }];
    });
}
function isEntryOfHost(path) {
    // A certificate is a file; the passphrase beside it may be empty.
    return path.length === 2 && auth_sections/* AUTH_SECTIONS */.i.has(path[0]) && path[0] !== 'client-certificate';
}
function emptyValues(path, entry) {
    if (typeof entry === 'string')
        return isEmpty(entry) ? [{ path, name: 'token' }] : [];
    if (Array.isArray(entry)) {
        return entry.flatMap((header, index) => (isEmptyHeader(header) ? [{ path: [...path, index], name: 'header' }] : []));
    }
    return Object.entries((0,json/* isJsonObject */.OW)(entry) ? entry : {}).flatMap(([name, value]) => typeof value === 'string' && isEmpty(value) && isField(name) ? [{ path: [...path, name], name }] : []);
}
/** The fields of entries that credentials are made of. */
const FIELDS = ['username', 'password', 'token', 'consumer-key', 'consumer-secret'];
function isField(name) {
    return FIELDS.some((field) => field === name);
}
function isEmpty(value) {
    return (0,key_shapes/* isMissing */.b2)(value.trim());
}
/** A header without a value, or with the word alone that goes before a token. */
function isEmptyHeader(header) {
    const value = typeof header === 'string' ? header.slice(header.indexOf(':') + 1).trim() : '';
    return isEmpty(value.replace(/^(?:bearer|basic|token)(?:\s+|$)/i, ''));
}
/** A user name is half of a pair, and some servers want no more of one; any other entry is nothing without its secret. */
function holdsNothing(section, entry, empty) {
    if (section === 'http-basic')
        return empty === 2;
    if (Array.isArray(entry))
        return empty === entry.length;
    const secrets = auth_sections/* AUTH_SECTIONS */.i.get(section)?.secretsIn(entry) ?? [];
    return secrets.length > 0 && secrets.every(isEmpty);
}

;// CONCATENATED MODULE: ./lib/inputs/key-problems.js





/** Why the keys are missing, as far as the event and the workflow's own file tell. */
async function missingKeys(inputs, given, host, env) {
    const { missing, entries } = given;
    const inDocument = given.empty.find(({ path: [, origin], leftOut }) => leftOut && origin === host);
    if (inDocument !== undefined)
        return leftOut(inDocument, true, inputs, env);
    const { source, place } = await sourceOf(inputs, missing, env);
    return {
        ...problem/* NO_SERVER */.QJ,
        code: 'keys-missing',
        reason: 'inputs',
        missing,
        dollar: missing.some((input) => valueFor(inputs, input) === '$'),
        why: whySecretsMayBeMissing(env),
        host,
        url: (0,composer_origin/* packagesJsonUrl */.v_)(inputs.repositoryUrl),
        others: entries.length > 0,
        // Of downloads that are half there another finding tells.
        source: source && { ...source, forDownloads: source.forDownloads && inputs.incompleteDownloads === undefined },
        place,
    };
}
/** Why one half of the credentials for downloads is missing. */
async function halfOfDownloads(inputs, { url, missing, username, password }, env) {
    return {
        ...problem/* NO_SERVER */.QJ,
        code: 'keys-missing',
        reason: 'downloads',
        host: (0,composer_origin/* originOf */.yv)(url),
        missing,
        dollar: [username, password].includes('$'),
        why: whySecretsMayBeMissing(env),
        mayBeMissing: inputs.ifKeysMissing !== 'error',
        ...(await sourceOf(inputs, missing, env)),
    };
}
/**
 * Whether a workflow wants nothing for Composer, but an archive or a patch. A lone dollar sign was meant as a key; and where
 * half of what is for downloads is empty too, the keys may be for the same reason.
 */
async function isForDownloadsAlone(inputs, env) {
    const { publicKey, privateKey, composerAuth, downloads, incompleteDownloads } = inputs;
    if (publicKey.value !== '' || privateKey.value !== '' || composerAuth.length > 0)
        return false;
    return downloads !== undefined || (incompleteDownloads !== undefined && !(await wantsKeys(inputs, env)));
}
/** Whether the workflow's own file shows that the step, to which none came, is to have credentials for Composer. */
async function wantsKeys(inputs, env) {
    const { source } = await sourceOf(inputs, ['public-key', 'private-key', 'composer-auth'], env);
    return source?.inputs.some(({ set, misspelt }) => set !== 'absent' || misspelt !== undefined) === true;
}
/** The entries of `composer-auth` for other hosts that hold nothing, as of secrets that this run does not see. */
async function emptyCredentials(inputs, { empty }, host, env) {
    const others = empty.filter(({ path: [, origin], ...entry }) => entry.leftOut && origin !== host);
    return Promise.all(others.map((entry) => leftOut(entry, false, inputs, env)));
}
async function leftOut({ path: [, origin], values }, areKeys, inputs, env) {
    return {
        ...problem/* NO_SERVER */.QJ,
        code: 'keys-missing',
        reason: 'left-out',
        host: origin,
        empty: values.map(({ name }) => name),
        why: whySecretsMayBeMissing(env),
        areKeys,
        url: areKeys ? (0,composer_origin/* packagesJsonUrl */.v_)(inputs.repositoryUrl) : undefined,
        ...(await sourceOf(inputs, ['composer-auth'], env, values)),
    };
}
/** What gives the keys away as something else, each with the line of the workflow. A token is one whatever it looks like. */
async function doubtfulKeys(inputs, { keys, from }, host, env) {
    if (keys === undefined || keys.password === 'bearer')
        return [];
    // Half a pair tells nothing of what the other half is.
    if ((0,key_shapes/* isMissing */.b2)(keys.username) || (0,key_shapes/* isMissing */.b2)(keys.password))
        return [];
    const shapes = (0,key_shapes/* malformedKeys */.sc)(keys, host);
    const inComposerAuth = from === 'composer-auth';
    const all = inComposerAuth ? shapes : [...shapes, ...(0,key_shapes/* trimmedKeys */.RM)(inputs.publicKey, inputs.privateKey, host)];
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
    if (finding.code === 'auth-file-invalid' && finding.reason === 'token' && finding.given) {
        return { ...finding, place: (await sourceOf(inputs, ['composer-auth'], env)).place };
    }
    if (finding.code === 'keys-missing' && finding.reason === 'refused')
        return onLineOfValue(finding, inputs, env);
    if (finding.code === 'keys-malformed' && finding.other?.from.from === 'composer-auth') {
        const { source, place = finding.place } = await sourceOf(inputs, ['composer-auth'], env);
        return { ...finding, source, place };
    }
    if (finding.code === 'github-token-insufficient' && finding.reason !== 'none-held') {
        if (finding.from.from !== 'composer-auth')
            return finding;
        const { place = finding.place } = await sourceOf(inputs, ['composer-auth'], env);
        return { ...finding, place };
    }
    if (finding.code !== 'keys-rejected' && finding.code !== 'keys-swapped')
        return finding;
    const { from } = finding;
    if (from.from !== 'inputs' && from.from !== 'composer-auth')
        return finding;
    const names = from.from === 'inputs' ? ['public-key', 'private-key'] : ['composer-auth'];
    const { source, place = finding.place } = await sourceOf(inputs, names, env);
    return { ...finding, from: { ...from, source }, place };
}
/** The same of a pair in `composer-auth` that is empty in part. */
async function onLineOfValue(finding, inputs, env) {
    const { from, host } = finding;
    if (from.from !== 'composer-auth')
        return finding;
    const entry = emptyEntries(inputs.composerAuth).find(({ path: [, origin] }) => origin === host);
    const { source, place = finding.place } = await sourceOf(inputs, ['composer-auth'], env, entry?.values);
    return { ...finding, why: whySecretsMayBeMissing(env), from: { ...from, source }, place };
}
/** What the workflow takes credentials from, and on which line; `empty`: what of those in `composer-auth` is empty. */
async function sourceOf(inputs, names, env, empty = []) {
    // With a parser for YAML, which a run whose keys look well does not wait for.
    const { cameAs, findKeySource } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(945)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9945));
    const found = findKeySource(env, new Map(names.map((name) => [name, cameAs(valueFor(inputs, name))])), empty.map(({ path }) => path));
    return { source: found?.source, place: found?.place };
}
function valueFor({ publicKey, privateKey, composerAuth, incompleteDownloads }, input) {
    switch (input) {
        case 'public-key':
            return publicKey.value;
        case 'private-key':
            return privateKey.value;
        case 'composer-auth':
            return composerAuth.length === 0 ? '' : JSON.stringify(composerAuth);
        case 'mage-id':
            return incompleteDownloads?.username ?? '';
        case 'download-token':
            return incompleteDownloads?.password ?? '';
    }
}

;// CONCATENATED MODULE: ./lib/downloads/netrc-file.js





/** Where a use keeps its netrc file: in a folder that the runner empties, outside of every work tree, by a random name. */
function newNetrcPath(surroundings) {
    return (0,external_node_path_.join)(privateFolder(surroundings), `magento-composer-auth-${(0,external_node_crypto_.randomUUID)()}.netrc`);
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
    writeRunnerFile('GITHUB_STATE', () => (0,core/* saveState */.LZ)(netrc_state_NAME, path));
}
/** The netrc file that main announced; undefined for none. Where it announced none the text can be anybody's. */
function savedNetrcPath() {
    const path = getState(netrc_state_NAME);
    return isNetrcPath(path) ? path : undefined;
}

;// CONCATENATED MODULE: ./lib/downloads/forms.js
const MAGE_ID = /^MAG\d+$/i;
const TOKEN = /^[0-9a-f]{40}$/i;
const ACCESS_KEY = /^[0-9a-f]{32}$/i;
/** What gives the credentials for downloads away as something else; nothing where both have the form that Adobe gives them. */
function doubtfulForms({ username, password }) {
    if (TOKEN.test(username) && MAGE_ID.test(password))
        return [{ input: 'both', form: 'exchanged' }];
    const keys = [username, password].filter((value) => ACCESS_KEY.test(value));
    if (keys.length === 2)
        return [{ input: 'both', form: 'access-key' }];
    return [
        ...(MAGE_ID.test(username) ? [] : [{ input: 'mage-id', form: forms_formOf(username) }]),
        ...(TOKEN.test(password) ? [] : [{ input: 'download-token', form: forms_formOf(password) }]),
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
    return `\\${netrc_NAMED[character] ?? character}`;
}
const netrc_NAMED = { '\n': 'n', '\r': 'r', '\t': 't' };

;// CONCATENATED MODULE: ./lib/downloads/downloads.js










/**
 * What becomes of the inputs for downloads.
 *
 * @returns undefined where nothing is wanted of them
 */
async function downloadsPart(inputs, environment, surroundings) {
    const { downloads, incompleteDownloads } = inputs;
    if (incompleteDownloads !== undefined)
        return withoutHalf(incompleteDownloads, inputs, environment);
    return downloads && setUpDownloads(downloads, inputs, environment, surroundings);
}
/** One half alone is no credential: nothing is written, and nobody is asked. */
async function withoutHalf(incomplete, inputs, { env }) {
    const { url, missing } = incomplete;
    const names = missing.map((input) => `\`${input}\``);
    const mode = `if-keys-missing: ${inputs.ifKeysMissing}`;
    say_say(`No value came for ${(0,phrases/* enumeration */.eG)(names)}: nothing is set up for downloads (${mode}).`);
    const findings = inputs.ifKeysMissing === 'ignore' ? [] : [await halfOfDownloads(inputs, incomplete, env)];
    return { host: (0,composer_origin/* originOf */.yv)(url), netrcFile: undefined, service: 'not-asked', findings };
}
/** Writes the credentials for downloads into a netrc file, and asks the service whether it accepts them. */
async function setUpDownloads(given, inputs, environment, surroundings) {
    const host = (0,composer_origin/* originOf */.yv)(given.url);
    const written = await write(given, host, inputs.cleanup, surroundings);
    const answer = inputs.check === 'off' ? undefined : await ask(given, inputs, environment);
    const service = judged(answer);
    if (service === 'accepts')
        say_say(`${host} accepts MAGEID and download token (HTTP 200).`);
    return {
        host,
        netrcFile: 'path' in written ? written.path : undefined,
        service,
        findings: [...('finding' in written ? [written.finding] : []), ...findingsOf(given, host, answer)],
    };
}
/** What sends requests is loaded by those steps alone that send some. */
async function ask(...question) {
    const { askForHelp } = await Promise.all(/* import() */[__nccwpck_require__.e(942), __nccwpck_require__.e(28), __nccwpck_require__.e(370)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3370));
    return askForHelp(...question);
}
function judged(answer) {
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
        say_say(`The credentials for downloads from ${host} are in ${path}${temporary ? ' until the job ends' : ''}.`);
        return { path };
    }
    catch (error) {
        if (!(error instanceof unwritable_file_UnwritableFile))
            throw error;
        const { reason, code } = error;
        const finding = {
            ...problem/* NO_SERVER */.QJ,
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
    const base = { ...problem/* NO_SERVER */.QJ, code: 'download-token-rejected', host, place: undefined };
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
    'keys-missing': { ...AT_SERVER, source: KEY_SOURCE, from: FROM },
    'keys-malformed': {
        host: 'host',
        packages: 'project',
        characters: 'ours',
        other: { from: FROM },
        source: KEY_SOURCE,
        rejectedAt: 'url',
        place: PLACE,
    },
    'keys-not-received': AT_SERVER,
    'keys-rejected': { ...AT_SERVER, from: FROM, neighbour: 'url' },
    'keys-swapped': { ...AT_SERVER, from: FROM },
    'access-forbidden': AT_SERVER,
    'repository-not-found': { ...AT_SERVER, from: FROM },
    'rate-limited': AT_SERVER,
    'repository-unavailable': AT_SERVER,
    'repository-unreachable': { ...AT_SERVER, failure: FAILURE },
    'tls-failed': { ...AT_SERVER, failure: FAILURE },
    'proxy-failed': { ...AT_SERVER, failure: FAILURE, variable: 'ours' },
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
        serverText: 'server',
        filter: 'project',
        constraint: 'project',
        lockedVersion: 'project',
        temporary: { own: 'project', constraint: 'project' },
        mayBeElsewhere: { names: 'url' },
        place: PLACE,
    },
    'version-unavailable': {
        host: 'host',
        packages: 'project',
        constraint: 'project',
        stability: 'ours',
        nearest: 'server',
        lockedVersion: 'project',
        temporary: { own: 'project', constraint: 'project' },
        mayBeElsewhere: { names: 'url' },
        place: PLACE,
    },
    'credentials-missing': {
        host: 'host',
        url: 'url',
        section: 'ours',
        source: 'path',
        nearMiss: { key: 'host', source: 'path' },
        packages: 'project',
        place: PLACE,
    },
    'insecure-url': { host: 'host', url: 'url', packages: 'project', place: PLACE },
    'manifest-invalid': { host: 'host', packages: 'project', folder: 'project', place: PLACE },
    'download-token-rejected': {
        host: 'host',
        packages: 'project',
        asked: { url: 'url', proxy: 'url', trace: TRACE, answeredBy: 'url', came: { failure: FAILURE } },
        place: PLACE,
    },
    'github-token-insufficient': { host: 'host', packages: 'project', from: FROM, resets: 'ours', place: PLACE },
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
    const line = (redacted) => (0,server_text/* shortened */.vI)((0,server_text/* flattened */.aO)(redacted));
    switch (writer) {
        case 'ours':
            return text;
        case 'project':
            return line(project((0,server_text/* flattened */.aO)(text)));
        case 'server':
            return line(server((0,server_text/* flattened */.aO)(text)));
        case 'path':
            return line(text);
        case 'host':
            return line((0,shown_url/* shownUrl */.z)(text));
        case 'url': {
            const [, host = '', path = '', file = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*|[^/]*)(.*?)(\/packages\.json)?$/is.exec((0,server_text/* flattened */.aO)((0,shown_url/* shownUrl */.z)(text))) ?? [];
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
        problems: [...outcome.problems, ...shown].toSorted(catalogue/* bySeverity */.Np),
        downloads: facts,
    };
}

// EXTERNAL MODULE: ./lib/problems/download-token-rejected.js
var download_token_rejected = __nccwpck_require__(6997);
;// CONCATENATED MODULE: ./lib/inputs/url-input.js



/**
 * The URL of a server that credentials go to: https, or http to this machine.
 *
 * @throws InvalidInput
 */
function urlInput({ input, fallback, what, credentials, secrets }) {
    const takes = `the http(s) URL of ${what}, such as \`${fallback}\`.`;
    const value = (0,core/* getInput */.V4)(input) || fallback;
    if (!/^https?:\/\//i.test(value) || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value))
        throw notTaken(input, takes);
    const url = new URL(value);
    if (url.username !== '' || url.password !== '') {
        throw new InvalidInput(input, 'holds credentials', `Take them out of the URL, and pass them to ${credentials}, from secrets.`);
    }
    if (url.search !== '' || url.hash !== '')
        throw notTaken(input, takes);
    if (!(0,composer_origin/* isPrivateRoute */.Zi)(value)) {
        throw new InvalidInput(input, `begins with http://, over which anyone on the way could read ${secrets}`, 'Begin it with `https://`.');
    }
    return value;
}

;// CONCATENATED MODULE: ./lib/inputs/download-inputs.js




/** The inputs as they were handed over: masked before anything else is read. */
function readRawDownloadSecrets() {
    const raw = (name) => (0,core/* getInput */.V4)(name, { trimWhitespace: false });
    return { mageId: raw('mage-id'), downloadToken: raw('download-token'), downloadUrl: raw('download-url') };
}
/**
 * Reads the inputs for downloads.
 *
 * @returns neither where both halves are empty: downloads are not used, or the run gets no secrets
 * @throws InvalidInput
 */
function readDownloadInputs() {
    const { mageId, downloadToken } = readRawDownloadSecrets();
    const url = downloadUrl();
    const username = (0,key_shapes/* givenKey */.xy)(mageId).value;
    const password = (0,key_shapes/* givenKey */.xy)(downloadToken).value;
    if (username === '' && password === '')
        return { downloads: undefined, incompleteDownloads: undefined };
    const given = { username, password, url };
    const missing = [
        ...((0,key_shapes/* isMissing */.b2)(username) ? ['mage-id'] : []),
        ...((0,key_shapes/* isMissing */.b2)(password) ? ['download-token'] : []),
    ];
    return missing.length === 0
        ? { downloads: given, incompleteDownloads: undefined }
        : { downloads: undefined, incompleteDownloads: { ...given, missing } };
}
function downloadUrl() {
    const value = urlInput({
        input: 'download-url',
        fallback: download_token_rejected/* ADOBE_DOWNLOADS */.u,
        what: 'the downloads',
        credentials: '`mage-id` and `download-token`',
        secrets: 'the token',
    });
    return value.endsWith('/') ? value : `${value}/`;
}

// EXTERNAL MODULE: ./lib/composer/http-basic.js
var http_basic = __nccwpck_require__(9147);
;// CONCATENATED MODULE: ./lib/inputs/given-credentials.js




/**
 * Puts the inputs together: keys beat what `composer-auth` holds for their host, in whichever of its sections, since
 * Composer sends one thing to a host. Half a pair is none, and then nothing of the step is to be written.
 */
function given({ publicKey, privateKey, composerAuth }, host) {
    const missing = [
        ...((0,key_shapes/* isMissing */.b2)(publicKey.value) ? ['public-key'] : []),
        ...((0,key_shapes/* isMissing */.b2)(privateKey.value) ? ['private-key'] : []),
    ];
    if (missing.length === 1)
        return { keys: undefined, from: 'inputs', missing, entries: [], empty: [] };
    const empty = emptyEntries(composerAuth);
    const leftOut = new Set(empty.filter((entry) => entry.leftOut).map(({ path }) => path.join('\n')));
    const entries = composerAuth.filter(({ path }) => !leftOut.has(path.join('\n')));
    if (missing.length === 0) {
        const keys = { username: publicKey.value, password: privateKey.value };
        const others = entries.filter(({ path: [, origin] }) => origin !== host);
        const emptyElsewhere = empty.filter(({ path: [, origin] }) => origin !== host);
        return { keys, from: 'inputs', missing, entries: [(0,auth_json/* httpBasicEntry */.RP)(host, keys), ...others], empty: emptyElsewhere };
    }
    const keys = keysIn(entries, host);
    const has = entries.some(({ path: [, origin] }) => origin === host);
    return { keys, from: 'composer-auth', missing: has ? [] : missing, entries, empty };
}
/** What Composer would send to a host: a bearer token before a pair. */
function keysIn(entries, host) {
    const valueIn = (name) => entries.find(({ path: [section, origin] }) => section === name && origin === host)?.value;
    const token = valueIn('bearer');
    return typeof token === 'string' ? { username: token, password: 'bearer' } : (0,http_basic/* readHttpBasic */.P)(valueIn('http-basic'));
}

// EXTERNAL MODULE: ./lib/composer/versions/constraint.js + 1 modules
var versions_constraint = __nccwpck_require__(1754);
;// CONCATENATED MODULE: ./lib/inputs/composer-command-input.js





/** The options that change what Composer fetches, as `composer help update` lists them. */
const NO_DEV = ['--no-dev'];
const WITH_DEPENDENCIES = ['--with-dependencies', '-w'];
const WITH_ALL_DEPENDENCIES = ['--with-all-dependencies', '-W'];
const LOCK = ['--lock'];
/** Which versions are preferred changes nothing of what may be had. */
const MINIMAL_CHANGES = ['--minimal-changes', '-m'];
/** What people write besides and what changes nothing that is fetched. */
const IDLE = [
    ...[
        '--no-interaction',
        '-n',
        '--no-progress',
        '--no-ansi',
        '--ansi',
        '--quiet',
        '-q',
        '--verbose',
        '-v',
        '-vv',
        '-vvv',
    ],
    ...['--prefer-dist', '--no-scripts', '--no-autoloader', '--optimize-autoloader', '-o', '--ignore-platform-reqs'],
];
const OF_INSTALL = [...NO_DEV, ...IDLE];
const OF_UPDATE = [...OF_INSTALL, ...WITH_DEPENDENCIES, ...WITH_ALL_DEPENDENCIES, ...LOCK, ...MINIMAL_CHANGES];
/** In the place of names these mean the same as `--lock`. Source: `UpdateCommand.php`. */
const LOCK_WORDS = ['lock', 'nothing', 'mirrors'];
/**
 * Reads `composer-command`.
 *
 * @throws InvalidInput
 */
function readComposerCommand() {
    const words = ((0,core/* getInput */.V4)('composer-command') || 'install').split(/\s+/);
    const [name = '', ...others] = words[0] === 'composer' ? words.slice(1) : words;
    const { options, given, limits } = sorted(others);
    const updates = name === 'update';
    const isKnown = options.every((option) => (updates ? OF_UPDATE : OF_INSTALL).includes(option));
    if (!(updates || (name === 'install' && others.length === options.length)) || !isKnown)
        throw composer_command_input_refused();
    // Composer reads the variables as PHP reads a boolean.
    const has = (names, variable) => options.some((option) => names.includes(option)) ||
        (variable !== undefined && (0,composer_environment/* truthy */.v)(process.env[variable]) !== undefined);
    const named = given.filter((one) => !LOCK_WORDS.includes(one)).map(namedPackage);
    const sameVersions = has(LOCK) || named.length < given.length;
    // Composer refuses both at once.
    if (sameVersions && named.length > 0)
        throw composer_command_input_refused();
    const notRoot = has(WITH_DEPENDENCIES, 'COMPOSER_WITH_DEPENDENCIES') ? 'not-root' : 'none';
    return {
        name: updates ? 'update' : 'install',
        dev: !has(NO_DEV, 'COMPOSER_NO_DEV'),
        only: named.map((one) => one.name),
        withDependencies: has(WITH_ALL_DEPENDENCIES, 'COMPOSER_WITH_ALL_DEPENDENCIES') ? 'all' : notRoot,
        sameVersions,
        temporary: new Map([...limits.map(namedPackage), ...named].flatMap((one) => one.constraint === undefined ? [] : [[one.name, one.constraint]])),
    };
}
function composer_command_input_refused() {
    return notTaken('composer-command', '`install` or `update`, each with or without `--no-dev`; or `update vendor/name`, with or without a constraint as in `vendor/name:^1.0`, `-w` or `-W`; or `update --lock`.');
}
/** Tells options, names and the values of `--with` apart. */
function sorted(words) {
    const options = [];
    const given = [];
    const limits = [];
    let takesValue = false;
    for (const word of words) {
        const [, value] = /^--with=(.*)$/.exec(word) ?? [];
        if (takesValue || value !== undefined)
            limits.push(value ?? word);
        else if (word !== '--with')
            (word.startsWith('-') ? options : given).push(word);
        takesValue = word === '--with' && !takesValue;
    }
    if (takesValue || limits.some((limit) => !/[:=]/.test(limit)))
        throw composer_command_input_refused();
    return { options, given, limits };
}
/** A package's name or a pattern of names; a name may have a constraint behind it. Source: `UpdateCommand.php`. */
function namedPackage(word) {
    const [, name = word, constraint] = /^([^=:]+)[=:](.+)$/.exec(word) ?? [];
    const fits = (0,package_name/* isPackageName */.k)(constraint === undefined ? name.replaceAll('*', 'x') : name);
    if (!fits || /["'\\$]/.test(constraint ?? '') || (constraint?.length ?? 0) > composer_link/* LONGEST_CONSTRAINT */.DZ)
        throw composer_command_input_refused();
    return { name: name.toLowerCase(), constraint };
}

;// CONCATENATED MODULE: ./lib/inputs/inputs.js












/** What holds secrets, before anything else is read: it is masked first. */
function readRawSecrets() {
    const raw = (name) => (0,core/* getInput */.V4)(name, { trimWhitespace: false });
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
        publicKey: (0,key_shapes/* givenKey */.xy)(publicKey),
        privateKey: (0,key_shapes/* givenKey */.xy)(privateKey),
        composerAuth: readComposerAuth(composerAuth),
        repositoryUrl: repositoryUrl(),
        workingDirectory: workingDirectory(workspace),
        composerCommand: readComposerCommand(),
        packages: inputs_packages(),
        authLocations: authLocations(),
        check: oneOf('check', 'full', ['full', 'access', 'off']),
        ifKeysMissing: oneOf('if-keys-missing', 'error', ['error', 'warn', 'ignore']),
        failOnError: flag('fail-on-error', true),
        timeout: number('timeout', 30, 'a number of seconds above 0 and up to 600, such as `30`.', (n) => n > 0 && n <= 600),
        retries: number('retries', 3, 'a whole number from 0 to 10, such as `3`.', (n) => Number.isInteger(n) && n >= 0 && n <= 10),
        jobSummary: readJobSummary(),
        cleanup: flag('cleanup', true),
        problemMatcher: flag('problem-matcher', false),
        ...readDownloadInputs(),
    };
}
/** @throws InvalidInput */
function readJobSummary() {
    return oneOf('job-summary', 'true', ['true', 'false', 'problems']);
}
function authLocations() {
    const words = ['global', 'project', 'magento', 'env'];
    const named = ((0,core/* getInput */.V4)('auth-location') || 'global').toLowerCase().split(/[\s,]+/);
    const locations = named.flatMap((name) => words.find((word) => word === name) ?? (name === '' ? [] : [undefined]));
    if (locations.length === 0 || locations.includes(undefined)) {
        throw notTaken('auth-location', 'one or several of `global`, `project`, `magento` and `env`, one per line or with commas in between.');
    }
    return words.filter((word) => locations.includes(word));
}
function repositoryUrl() {
    return urlInput({
        input: 'repository-url',
        fallback: `https://${composer_origin/* ADOBE_HOST */.rw}/`,
        what: 'a Composer repository',
        credentials: '`public-key` and `private-key`',
        secrets: 'the keys',
    });
}
function workingDirectory(workspace) {
    const folder = (0,external_node_path_.resolve)(workspace, (0,core/* getInput */.V4)('working-directory') || '.');
    if ((0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new InvalidInput('working-directory', 'names a folder that does not exist', 'Write the path of a folder that exists, relative to the workspace.', 'If the folder comes with the checkout, run the checkout step before this one.');
    }
    return asOnDisk(folder, workspace);
}
/**
 * Composer's own form of a package's name, so written that there is one way alone to read a name: the original takes
 * exponential time to see that a name is none. Source: composer-schema.json, `name`.
 */
const PACKAGE_NAME = /^[a-z0-9]+(?:[_.-][a-z0-9]+)*\/[a-z0-9]+(?:(?:[_.]|-{1,2})[a-z0-9]+)*$/;
function inputs_packages() {
    const lines = (0,core/* getInput */.V4)('packages').split('\n');
    return lines.flatMap((untrimmed, index) => {
        const line = untrimmed.trim();
        if (line === '')
            return [];
        const [, name = '', constraint] = /^([^:=\s]+)(?:[:=]|\s+)?(.*)$/.exec(line) ?? [];
        if (!PACKAGE_NAME.test(name.toLowerCase()) ||
            (constraint !== '' && (0,versions_constraint/* parseConstraint */.F)(constraint ?? '') === undefined)) {
            throw new InvalidInput('packages', `does not name a package${lines.length === 1 ? '' : ` in line ${index + 1}`}`, 'Write one package per line, as `vendor/name` or `vendor/name:constraint`.');
        }
        return [{ name: name.toLowerCase(), constraint: constraint === '' ? undefined : constraint }];
    });
}
function oneOf(input, fallback, words) {
    const value = (0,core/* getInput */.V4)(input);
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
    const value = (0,core/* getInput */.V4)(input);
    if (value === '')
        return fallback;
    if (/^(?:true|True|TRUE)$/.test(value))
        return true;
    if (/^(?:false|False|FALSE)$/.test(value))
        return false;
    throw notTaken(input, '`true` or `false`.');
}
function number(input, fallback, takes, accepts) {
    const value = (0,core/* getInput */.V4)(input);
    if (value === '')
        return fallback;
    const parsed = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!accepts(parsed))
        throw notTaken(input, takes);
    return parsed;
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

;// CONCATENATED MODULE: ./lib/report/not-checked.js


/** Hosts beyond these are counted. */
const NAMED_HOSTS = 20;
const REASONS = {
    credentials: {
        sentence: 'Composer holds headers, a certificate or a token for it, which this action does not send',
        short: 'headers, a certificate or a token',
    },
    options: {
        sentence: 'its `options` in composer.json or composer.lock shape the request, which this action does not follow',
        short: '`options` of its own',
    },
    http: { sentence: 'over http this action asks nobody but this machine', short: 'http' },
    address: { sentence: 'its address is not a URL', short: 'not a URL' },
    'too-many': {
        sentence: 'composer.json does not name it, and ten such hosts were asked already',
        short: 'too many hosts that composer.json does not name',
    },
};
/** What the log says of hosts that were not asked: a line for each, and how many more there are; and one of packages. */
function uncheckedLines({ hosts, packages }) {
    const lines = hosts.slice(0, NAMED_HOSTS).map(({ host, why }) => `${host} was not checked: ${REASONS[why].sentence}.`);
    const further = hosts.length - NAMED_HOSTS;
    return [
        ...lines,
        ...(further > 0 ? [`${further} more hosts were not checked.`] : []),
        ...(packages.length > 0 ? [packagesLine(packages)] : []),
    ];
}
function packagesLine(packages) {
    const [were, they] = packages.length === 1 ? ['was', 'it'] : ['were', 'they'];
    return `${(0,phrases/* namesOf */.eZ)(packages)} ${were} not checked: ${they} may come from version control or a folder that composer.json names.`;
}
/** The same in a cell of the summary. */
function uncheckedCell({ hosts, packages }) {
    const named = hosts.slice(0, NAMED_HOSTS).map(({ host, why }) => `${code(host)}: ${REASONS[why].short}`);
    const further = hosts.length - NAMED_HOSTS;
    return [
        ...named,
        ...(further > 0 ? [`and ${further} more`] : []),
        ...(packages.length > 0 ? [`${(0,phrases/* namesOf */.eZ)(packages.map(code))}: may come from version control or a folder`] : []),
    ].join('; ');
}

;// CONCATENATED MODULE: ./lib/report/check-lines.js

/** What the log says of what was asked, a line for each, beside the problems that were found. */
function checkLines({ asked, accepted, httpStatus, checked, leftOut, concluded, unchecked, unasked, findings }, { host, keysFrom, needed }) {
    const other = findings.some((finding) => finding.code === 'credentials-overridden' && finding.host === host);
    const what = other || keysFrom === 'composer-auth' ? 'the credentials that Composer uses' : 'the keys';
    const lines = [];
    if (accepted === 'without-any')
        lines.push(`${host} wants no keys (HTTP ${httpStatus}).`);
    else if (accepted)
        lines.push(`${host} accepts ${what} (HTTP ${httpStatus}).`);
    else if (!asked && !needed)
        lines.push(`Nothing that the coming command does needs ${host}, so it was not asked.`);
    lines.push(...uncheckedLines(unchecked));
    if (unasked > 0) {
        lines.push(`${unasked} more requests than this action makes in a run would have been needed: what they ask for was not checked.`);
    }
    if (concluded > 0) {
        lines.push(`${concluded} packages were not requested one by one: this account sees nothing of their edition or vendor, and those that were requested of it were refused.`);
    }
    if (leftOut > 0)
        lines.push(`The time of this step was up: ${leftOut} of the packages were not checked.`);
    if (checked.length > 0)
        lines.push(`${checked.length} ${checked.length === 1 ? 'package' : 'packages'} checked.`);
    return lines;
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

// EXTERNAL MODULE: ./lib/problems/package-denied.js + 4 modules
var package_denied = __nccwpck_require__(9568);
;// CONCATENATED MODULE: ./lib/report/job-site.js
const SELF_HOSTED = new Map([
    ['self-hosted', true],
    ['github-hosted', false],
]);
/** Where this job runs. Source: the variables `RUNNER_ENVIRONMENT` (`github-hosted` or `self-hosted`) and `GITHUB_WORKSPACE`, and Node. */
function jobSite({ RUNNER_ENVIRONMENT: kind, GITHUB_WORKSPACE: workspace, }) {
    return { selfHosted: SELF_HOSTED.get(kind ?? ''), workspace, platform: process.platform };
}

// EXTERNAL MODULE: ./lib/problems/shown-path.js
var shown_path = __nccwpck_require__(4545);
;// CONCATENATED MODULE: ./lib/report/location.js

/**
 * Where a finding stands, if that is a file of the workspace: GitHub shows no annotation on a file outside. The path is
 * relative to the workspace.
 */
function location_location({ place }, env) {
    const { path, position } = place ?? {};
    const file = path === undefined ? undefined : (0,shown_path/* insideWorkspace */.CT)(path, env.GITHUB_WORKSPACE);
    if (file === undefined)
        return {};
    return {
        file,
        ...(position === undefined ? {} : { startLine: position.line, startColumn: position.column }),
    };
}

;// CONCATENATED MODULE: ./lib/report/outcome.js






/** What is so of a run that did nothing. */
const NOTHING = {
    httpStatus: undefined,
    asked: false,
    authFiles: [],
    exported: false,
    packagesChecked: 0,
    packagesDenied: [],
    packagesConcluded: 0,
    editions: undefined,
    noProject: undefined,
    unchecked: { hosts: [], packages: [] },
    forComposer: true,
    downloads: undefined,
};
/** What problems come to. */
function statusOf(problems) {
    return problems.some(({ severity }) => severity === 'error') ? 'problems' : 'ready';
}
/** The names that these keys cannot fetch, each once. */
function deniedIn(findings) {
    const denied = findings.flatMap((finding) => finding.code === 'package-denied' && finding.reason !== 'filtered' && !(0,package_denied/* mayStillCome */.Up)(finding)
        ? finding.packages
        : []);
    return [...new Set(denied)];
}
/**
 * What `problems` and `packages-denied` may hold each. A step that takes one into its `env:` cannot be started with a
 * variable above 128 KiB on Linux, and a job's outputs must stay below 1 MB. Bytes.
 */
const ROOM = { output: 60 * 1024, packagesOfOne: 16 * 1024 };
/** Sets every output of the contract. Lists that are too long end early, and how much they lack is an output too. */
function setOutputs(outcome, env) {
    const { status, problems, httpStatus, authFiles, packagesChecked, packagesDenied, downloads } = outcome;
    const firstError = problems.find(({ severity }) => severity === 'error');
    (0,core/* setOutput */.uH)('status', status);
    (0,core/* setOutput */.uH)('problem', firstError?.finding.code ?? '');
    setList('problems', problems, (problem) => JSON.stringify(outcome_reported(problem, env)));
    (0,core/* setOutput */.uH)('http-status', httpStatus ?? '');
    (0,core/* setOutput */.uH)('auth-file', authFiles.join('\n'));
    (0,core/* setOutput */.uH)('netrc-file', downloads?.netrcFile ?? '');
    (0,core/* setOutput */.uH)('packages-checked', packagesChecked);
    setList('packages-denied', packagesDenied, (name) => JSON.stringify(name));
}
/** A list in JSON, as much of it as has room. */
function setList(name, items, jsonOf) {
    const shown = fitting(items, jsonOf, ROOM.output);
    (0,core/* setOutput */.uH)(name, `[${shown.join(',')}]`);
    (0,core/* setOutput */.uH)(`${name}-omitted`, items.length - shown.length);
}
function outcome_reported({ finding, severity }, env) {
    const { file, startLine } = location_location(finding, env);
    const { title, cause, fix } = (0,catalogue/* explain */.WE)(finding, jobSite(env));
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

// EXTERNAL MODULE: ./lib/problems/people.js
var people = __nccwpck_require__(2637);
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
    const levels = (0,grouped/* grouped */.z)(problems, ({ severity }) => (severity === 'error' && !failOnError ? 'warning' : severity));
    for (const [level, all] of levels) {
        const shown = all.length > MOST_PER_TYPE ? all.slice(0, MOST_PER_TYPE - 1) : all;
        for (const problem of shown) {
            const { finding } = problem;
            const { text, shortened } = annotationText(finding, env, elsewhere);
            annotations_write(level, text, { title: (0,catalogue/* explain */.WE)(finding, jobSite(env)).title, ...location_location(finding, env) });
            if (shortened || finding.packages.length > phrases/* NAMED_PACKAGES */.se)
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
        (0,core/* error */.z3)(message, properties);
    else if (level === 'notice')
        (0,core/* notice */.lm)(message, properties);
    else
        (0,core/* warning */.$e)(message, properties);
}
/** A problem's words as lines: cause, steps, who, and what Composer would say. */
function problemLines(finding, env) {
    const { cause, fix, who, composerSays } = (0,catalogue/* explain */.WE)(finding, jobSite(env));
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
    const titles = (0,grouped/* grouped */.z)(rest, ({ finding }) => (0,catalogue/* explain */.WE)(finding, jobSite(env)).title);
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
const log_details_LONGEST_LIST = 1000;
/** No problem begins behind so many lines: a file of a pull request can bring thousands of them about. */
const MOST_LINES = 2000;
const log_details_NAME = { error: 'Error', warning: 'Warning', notice: 'Notice' };
/** Writes the problems of which the annotations could not say everything into the log, each folded, as long as there is room. */
function logDetails(unsaid, env) {
    let lines = 0;
    for (const [index, one] of unsaid.entries()) {
        if (lines > MOST_LINES) {
            (0,core/* info */.pq)(`${unsaid.length - index} further problems are not listed here.`);
            return;
        }
        const details = one.words ? allOf(one.problem, env) : namesOf(one.problem.finding);
        (0,core/* startGroup */.Oh)(titleOf(one, env));
        for (const line of details)
            (0,core/* info */.pq)(line);
        (0,core/* endGroup */.N4)();
        lines += details.length;
    }
}
function titleOf({ problem: { finding, severity }, words }, env) {
    const { length } = finding.packages;
    const list = words || length < 2 ? '' : `: all ${length} packages`;
    return `${log_details_NAME[severity]}: ${(0,catalogue/* explain */.WE)(finding, jobSite(env)).title}${list}`;
}
function allOf({ finding }, env) {
    const names = namesOf(finding);
    return [
        ...problemLines(finding, env),
        ...(names.length === 0 ? [] : [`All ${finding.packages.length} packages:`]),
        ...names,
        `More: ${documentationLink(finding.code, env)}`,
    ];
}
/** All packages, where there are several. */
function namesOf({ packages }) {
    if (packages.length < 2)
        return [];
    const more = packages.length - log_details_LONGEST_LIST;
    return [
        ...packages.slice(0, log_details_LONGEST_LIST).map((name) => `  ${name}`),
        ...(more > 0 ? [`  and ${more} more: see the output packages-denied`] : []),
    ];
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
        return phrases/* LINKS */.A;
    const settings = `${repository}/settings/secrets`;
    return new Map([...phrases/* LINKS */.A, [phrases/* SECRETS */.cW, `${settings}/actions`], [phrases/* DEPENDABOT_SECRETS */.zH, `${settings}/dependabot`]]);
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
/** Vendors beyond these are counted. */
const NAMED_VENDORS = 8;
/** Writes the report to the job summary. A summary that cannot be written is not worth a failing step. */
async function writeSummary(outcome, facts, env) {
    if ((env.GITHUB_STEP_SUMMARY ?? '') === '')
        return;
    try {
        await core/* summary */.z.addRaw(summaryMarkdown(outcome, facts, env), true).write();
    }
    catch {
        (0,core/* debug */.Yz)('The job summary was not written: the file that GITHUB_STEP_SUMMARY names is missing or cannot be written.');
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
        ...(status === 'skipped' ? [whySkipped(outcome, facts), ''] : []),
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
        return `⏭️ Magento Composer Auth: skipped, this run has no ${lacking(outcome)}`;
    const [first] = problems;
    if (first !== undefined) {
        const { title } = (0,catalogue/* explain */.WE)(first.finding, jobSite(env));
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
function lacking({ forComposer }) {
    return forComposer ? 'keys' : 'complete credentials for downloads';
}
function whySkipped({ forComposer }, { host }) {
    if (!forComposer) {
        return 'GitHub passed only one of MAGEID and download token to this run, as in pull requests from forks, and `if-keys-missing` allows that. Nothing was written and nothing was checked. Skip the steps that need the downloads when the output `status` is `skipped`.';
    }
    return `GitHub passed no keys for ${markdown_text(host ?? 'the repository')} to this run, as in pull requests from forks, and \`if-keys-missing\` allows that. Nothing was written and nothing was checked. Skip the steps that need the keys when the output \`status\` is \`skipped\`, or use a public mirror in such runs.`;
}
/** What the problems are about, one a line. */
function overview(problems, env) {
    const lines = fitting(problems, ({ finding, severity }) => `| ${MARK[severity]} ${(0,catalogue/* explain */.WE)(finding, jobSite(env)).title} | ${subject(finding)} |`, summary_ROOM.further);
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
function checkedCell({ packagesChecked, packagesDenied: { length: denied }, packagesConcluded }) {
    if (denied === 0)
        return `${packagesChecked}`;
    const concluded = packagesConcluded === 0 ? '' : ` (${packagesConcluded} concluded from others of their group)`;
    return `${packagesChecked}, of which ${denied} cannot be fetched${concluded}`;
}
function composerRows(outcome, { host, cleanup }) {
    const { status, httpStatus, asked, packagesChecked, editions, unchecked, noProject } = outcome;
    if (status === 'skipped' || host === undefined)
        return [];
    const rows = [
        ['Repository', `${code(host)}${asked ? `: packages.json answered ${httpStatus ?? 'nothing'}` : ', not asked'}`],
    ];
    if (editions !== undefined)
        rows.push(['This account sees', sees(editions)]);
    if (noProject !== undefined) {
        const checked = packagesChecked === 0 ? 'access was' : 'access and the input `packages` were';
        const only = httpStatus === undefined ? 'no project was' : `only ${checked}`;
        rows.push(['Project', `no composer.json in ${code(noProject)}: ${only} checked`]);
    }
    if (packagesChecked > 0)
        rows.push(['Packages checked', checkedCell(outcome)]);
    const notChecked = uncheckedCell(unchecked);
    if (notChecked !== '')
        rows.push(['Not checked', notChecked]);
    rows.push(['Credentials', whereabouts(outcome, cleanup)]);
    return rows;
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
    const { title, cause, fix, who, composerSays, background, evidence } = (0,catalogue/* explain */.WE)(finding, jobSite(env));
    return [
        ...(alone ? [] : [`#### ${MARK[severity]} ${title}${about(finding)}`, '']),
        `${markdown_text(cause, links)}${placeOf(finding, env)}`,
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
function placeOf(finding, env) {
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
    const { title, cause } = (0,catalogue/* explain */.WE)(finding, jobSite(env));
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
/** `checked` continues the sentence that no composer.json is there. */
function noticeOfNoProject(folder, checked) {
    return [
        `There is no composer.json in ${folder}, so ${checked} checked.`,
        '1. If the project is in another folder, set `working-directory` to it.',
        '2. If it is not checked out yet, run the checkout step before this one.',
        '3. If a later step creates composer.json, nothing needs to be done.',
        `Who: ${(0,people/* whoEdits */.M)('workflow')}.`,
    ].join('\n');
}
/** What a run that found nothing wrong did not look at, since no composer.json was there. */
function annotateNoProject({ status, httpStatus, noProject, problems }, { packages }, env) {
    if (noProject === undefined || status !== 'ready' || problems.some(tellsNoProject))
        return;
    const { length } = packages;
    const named = length === 1 ? 'the package' : `the ${length} packages`;
    const access = length === 0 ? 'only access was' : `only access and ${named} of the input \`packages\` were`;
    // Without an answer not even access was: another annotation says why.
    const checked = httpStatus === undefined ? 'no project was' : access;
    const folder = noProject === env.GITHUB_WORKSPACE ? 'the root of the workspace' : (0,shown_path/* shownPath */.pS)(noProject, jobSite(env));
    (0,core/* notice */.lm)(noticeOfNoProject(folder, checked), {
        title: 'No composer.json, so no project was checked',
    });
}
/** Whether a problem says already that no composer.json is there. */
function tellsNoProject({ finding }) {
    return finding.code === 'credentials-missing' && finding.reason === 'not-read';
}

// EXTERNAL MODULE: ./lib/composer/failure-message.js
var failure_message = __nccwpck_require__(6);
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
        writeRunnerFile('GITHUB_STATE', () => (0,core/* saveState */.LZ)(STATE, matcher));
        problem_matcher_write(matcher, (0,failure_message/* failureLine */.P)(host));
        (0,core/* info */.pq)(`::add-matcher::${problem_matcher_escaped(matcher.path)}`);
    }
    catch (error) {
        if (!(error instanceof unwritable_file_UnwritableFile || error instanceof UnwritableRunnerFile))
            throw error;
        const why = error instanceof unwritable_file_UnwritableFile ? `${error.path}: ${error.message}` : error.shown;
        (0,core/* warning */.$e)(`The problem matcher for ${host} cannot be written (${why}). Nothing else is different.`, {
            title: 'No problem matcher was registered',
        });
    }
}
/** The matcher that main announced; undefined for none. Where it announced none the text can be anybody's. */
function savedProblemMatcher() {
    const parsed = parseJson(Buffer.from(getState(STATE)));
    if (parsed.kind !== 'json' || !isJsonObject(parsed.value))
        return undefined;
    const { owner, path } = parsed.value;
    if (typeof owner !== 'string' || !OWNER.test(owner))
        return undefined;
    return typeof path === 'string' && isAbsolute(path) && FILE.test(basename(path)) ? { owner, path } : undefined;
}
/** Has the runner forget a matcher, and removes its file. */
async function removeProblemMatcher({ owner, path }) {
    info(`::remove-matcher owner=${owner}::`);
    try {
        await removeFile(path);
    }
    catch (error) {
        if (!(error instanceof UnwritableFile))
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
    if (temporary === undefined || !(0,external_node_path_.isAbsolute)(temporary))
        throw new unwritable_file_UnwritableFile('RUNNER_TEMP', 'other');
    return (0,external_node_path_.join)(temporary, `${problem_matcher_NAME}${(0,external_node_crypto_.randomUUID)()}.matcher.json`);
}
/** @throws UnwritableFile */
function problem_matcher_write({ owner, path }, regexp) {
    const document = { problemMatcher: [{ owner, severity: 'warning', pattern: [{ regexp, message: 1 }] }] };
    guarded(path, () => {
        // A new file, never through a link.
        external_node_fs_.writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`, { flag: 'wx', mode: READABLE });
        // Whatever the umask says.
        external_node_fs_.chmodSync(path, READABLE);
    });
}
/** As the runner reads what stands behind a command. Source: `ActionCommand.cs`. */
function problem_matcher_escaped(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

;// CONCATENATED MODULE: ./lib/step.js



























/** What the step may take, whatever the inputs and the files of the project say; computing counts too. Milliseconds. */
const LONGEST_STEP = 180_000;
/**
 * The step: mask, read, write, ask, report.
 *
 * @returns the exit status: 1 when a problem is an error and `fail-on-error` is not off, or an input cannot be read
 */
async function run(env) {
    const deadline = (0,bounds_deadline/* openDeadline */.L)(LONGEST_STEP);
    const raw = readRawSecrets();
    maskGivenKeys(raw.publicKey, raw.privateKey);
    maskComposerAuth(raw.composerAuth);
    const forDownloads = readRawDownloadSecrets();
    maskDownloadCredentials(forDownloads.mageId, forDownloads.downloadToken);
    const urls = [raw.repositoryUrl, forDownloads.downloadUrl];
    maskAll([...(0,proxy/* proxySecrets */.Wm)(env), ...(0,secret_forms/* masksForValues */.lj)(urls.flatMap(shown_url/* secretsInUrl */.C))]);
    const inputs = read(() => readInputs(env.GITHUB_WORKSPACE || process.cwd()));
    if (inputs instanceof InvalidInput)
        return report(await withoutInputs(inputs, env), unread(), env);
    const host = (0,composer_origin/* originOf */.yv)(inputs.repositoryUrl);
    const environment = { env, platform: process.platform, cwd: inputs.workingDirectory, isDirectory };
    const job = { inputs, host, environment, given: given(inputs, host), deadline };
    // At once, since all requests of a step have one limit of time.
    const [composer, downloads] = await Promise.all([
        composerPart(job),
        downloadsPart(inputs, environment, surroundingsOf(environment)),
    ]);
    const exitStatus = await report(withDownloads(composer, downloads), { ...inputs, host }, env);
    // Last: the words of this step quote Composer's, and are not to be matched.
    if (inputs.problemMatcher && isForComposer(composer.outcome))
        await addProblemMatcher(inputs.repositoryUrl, env);
    return exitStatus;
}
/** Whether Composer can be expected to run with what this step did. */
function isForComposer({ status, forComposer }) {
    return forComposer && status !== 'skipped';
}
/** Of inputs that cannot be read nothing is known: the step fails, and tells it wherever it may. */
function unread() {
    const jobSummary = read(readJobSummary);
    const summary = jobSummary instanceof InvalidInput ? 'true' : jobSummary;
    return { host: undefined, packages: [], failOnError: true, cleanup: true, jobSummary: summary };
}
function read(inputs) {
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
    const { inputLine } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(945)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9945));
    const finding = { ...problem/* NO_SERVER */.QJ, code: 'input-invalid', input, wrong, fix, place: inputLine(env, input) };
    return { ...NOTHING, status: 'problems', problems: shown([{ finding, severity: 'error' }], NO_SECRETS) };
}
async function composerPart(job) {
    if (await isForDownloadsAlone(job.inputs, job.environment.env)) {
        say_say('No keys for Composer were passed: this step is for downloads alone.');
        const status = job.inputs.incompleteDownloads === undefined ? 'ready' : 'skipped';
        return { outcome: { ...NOTHING, forComposer: false, status, problems: [] }, redaction: ofInputs(job) };
    }
    return mayDoWithout(job) ? withoutKeys(job) : withWhatIsGiven(job);
}
/** Where nothing else is read that holds secrets. */
function ofInputs({ inputs: { downloads, incompleteDownloads }, environment: { env } }) {
    const pairs = [downloads ?? incompleteDownloads ?? []].flat();
    return redactionOf({ pairs, values: (0,proxy/* proxySecrets */.Wm)(env) });
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
    say_say(`No keys for ${host} were passed: nothing is written and nothing is checked (${mode}).`);
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
    const doubts = [
        ...(missing.length > 0
            ? [await missingKeys(inputs, job.given, host, environment.env)]
            : await doubtfulKeys(inputs, job.given, host, environment.env)),
        ...(await emptyCredentials(inputs, job.given, host, environment.env)),
    ];
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
    // git looks at files while servers are asked.
    const [exposed, results] = await Promise.all([exposures(written.files, environment), check.run()]);
    const verdicts = await Promise.all(results.map((result) => verdictOn([...found, ...exposed, ...result.findings], result, check)));
    const [result] = results;
    if (result === undefined)
        throw new Error('a check has a result');
    const unchecked = shownUnchecked(result.unchecked, redaction);
    for (const line of checkLines({ ...result, unchecked }, { host, keysFrom: job.given.from, needed: check.needsMain })) {
        say_say(line);
    }
    // Weighed as it was found: what is cleaned for people may not say the same any more.
    const weighed = await Promise.all(agreed(verdicts).map(async ({ finding, severity }) => ({
        finding: await onLineOfInput(finding, inputs, environment.env),
        severity,
    })));
    const problems = shown(weighed, redaction);
    const outcome = {
        ...NOTHING,
        status: statusOf(problems),
        problems,
        httpStatus: result.httpStatus,
        asked: result.asked,
        authFiles: written.files,
        exported: written.exported,
        packagesChecked: result.checked.length,
        packagesConcluded: result.concluded,
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
    return { ...NOTHING, status: statusOf(problems), problems, authFiles: files, exported };
}
function shownUnchecked({ hosts, packages }, redaction) {
    return {
        hosts: hosts.map(({ host, why }) => ({ host: shownText(host, 'host', redaction), why })),
        packages: packages.map((name) => shownText(name, 'project', redaction)),
    };
}
function shown(problems, redaction) {
    return problems.map(({ finding, severity }) => ({ finding: harmless(finding, redaction), severity }));
}
/** Weighs what was found. Which Composer is installed is asked only where that changes the verdict. */
async function verdictOn(findings, { mainAsked, holdsMain }, check) {
    const version = dependsOnVersion(findings) ? await check.version() : undefined;
    return weigh(findings, { version, mainAsked, composerManages: holdsMain || !check.needsMain });
}
/** Nothing is secret that was not given, or is not read; nobody was asked, who could repeat it. */
const NO_SECRETS = redactionOf({ pairs: [], values: [] });
function isDirectory(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isDirectory();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/main.js



(0,memory/* keepHeapSmall */.p8)();
runProgram(() => run(process.env), reportCrash);


#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The IDs that the program gives beside those of Hugging Face's tokenizers, for tokenizer.json files of any origin:
//   npm install tokenizers; node tests/peers/tokenizers.js LEXISCOPE NODE_MODULES TEXT TOKENIZER_JSON…
// Each file meets 2,500 texts (COUNT sets another number, SEED other texts): stretches of the file TEXT, characters
// of all scripts, entries of its vocabulary, special tokens, and white space, digits and marks in a muddle. Fails
// where IDs differ.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const separator = '\x02\x03\x02';
const muddle = ["'s", "'S", ' ', '  ', '\n', '\r\n', '\t', '1', '23', 'a', 'B', 'é', '日', '😀', '.', '...', '!?', '_', '-',
    '\u0301', '\u200d', '\u00a0', '\u2028', '٣', 'ⅷ', '½', 'ﬁ', '▁', 'Ġ', '##'];
// Characters of Unicode 15 to 16, in hexadecimal: the peer knows all of them, the program's libraries some or none.
const young = ('897 cf3 ece 1b4e-1b4f 1b7f 1c89-1c8a 2427-2429 2ffc-2fff 31e4-31e5 31ef a7cb-a7cd a7da-a7dc 105c0-105f3 10d40-10d8f ' +
    '10ec2-10ec4 10efc-10eff 1123f-11241 11380-113e2 116d0-116e3 11b00-11b09 11bc0-11bf9 11f00-11f5a 1342f 13439-13455 ' +
    '13460-143fa 16100-16139 16d40-16d79 18cff 1b132 1b155 1cc00-1ceb3 1d2c0-1d2d3 1df25-1df2a 1e030-1e08f 1e4d0-1e4f9 ' +
    '1e5d0-1e5ff 1f6dc 1f774-1f776 1f77b-1f77f 1f7d9 1f8b2-1f8c1 1fa75-1fa77 1fa87-1fa89 1fa8f 1faad-1faaf 1fabb-1fabf ' +
    '1fac6 1face-1facf 1fada-1fadf 1fae8-1fae9 1faf7-1faf8 1fbcb-1fbef 2ebf0-2ee5d ')
    .trim().split(' ').map((range) => range.split('-').map((code) => parseInt(code, 16)));
const isYoung = (code) => young.some(([first, last = first]) => code >= first && code <= last);
const scripts = Array.from({ length: 0x2ffff }, (_, code) => code)
    .filter((code) => !isYoung(code) && /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/u.test(String.fromCodePoint(code)))
    .map((code) => String.fromCodePoint(code));

/// Numbers below `most`, the same for the same seed (xorshift32).
function randomNumbers(seed) {
    let state = seed >>> 0 || 1;
    return (most) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % most;
    };
}

function makeTexts(json, sample, count, random) {
    const one = (list) => list[random(list.length)];
    const some = (list, most) => Array.from({ length: 1 + random(most) }, () => one(list)).join('');
    const entries = json.model.vocab;
    const words = (Array.isArray(entries) ? entries.map((entry) => entry[0]) : Object.keys(entries))
        .map((word) => word.replaceAll('Ġ', ' ').replaceAll('▁', ' '));
    const added = (json.added_tokens ?? []).map((token) => token.content).concat([' ']);
    const kinds = [
        () => sample.substr(random(Math.max(sample.length - 300, 1)), 1 + random(300)),
        () => some(scripts, 40),
        () => some(words, 12),
        () => some(muddle, 30),
        () => Array.from({ length: 1 + random(8) }, () => one([added, muddle, words, scripts])).map(one).join(''),
    ];
    return ['', ' ', '\n', ...Array.from({ length: count }, () => one(kinds)())]
        .map((text) => text.toWellFormed?.() ?? text.replace(/[\ud800-\udfff]/gu, ''));
}

/// A line of IDs for each text, with and without special tokens around.
function ownIds(program, file, texts, folder) {
    const input = path.join(folder, 'texts');
    fs.writeFileSync(input, texts.join(separator));
    return [[], ['--add-special']].map((more) =>
        execFileSync(program, ['tokens', file, '--file', input, '--separator', separator, '--parse-special',
            '--format', 'ids', ...more], { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] })
            .toString().split('\n'));
}

async function compare(program, Tokenizer, file, sample, folder) {
    const json = JSON.parse(fs.readFileSync(file, 'utf8'));
    const texts = makeTexts(json, sample, Number(process.env.COUNT ?? 2500),
        randomNumbers(Number(process.env.SEED ?? 1)));
    // What a file asks for batches of texts, the program leaves out and says so.
    const peer = Tokenizer.fromString(JSON.stringify({ ...json, truncation: null, padding: null }));
    const own = ownIds(program, file, texts, folder);
    let different = 0;
    for (let i = 0; i < texts.length; ++i) {
        for (const addSpecialTokens of [false, true]) {
            const ids = (await peer.encode(texts[i], null, { addSpecialTokens })).getIds().join(' ');
            const ours = own[addSpecialTokens ? 1 : 0][i];
            if (ids !== ours && ++different <= 3) {
                console.log(`  ${JSON.stringify(texts[i])}\n    ours   ${ours}\n    theirs ${ids}`);
            }
        }
    }
    console.log(`${different === 0 ? 'same' : `${different} differ`}  ${2 * texts.length} encodings  ${file}`);
    return different;
}

async function main() {
    const [program, modules, text, ...files] = process.argv.slice(2);
    if (files.length === 0) {
        console.error('usage: tokenizers.js LEXISCOPE NODE_MODULES TEXT TOKENIZER_JSON…');
        process.exit(2);
    }
    const { Tokenizer } = require(path.resolve(modules, 'tokenizers'));
    const sample = fs.readFileSync(text, 'utf8');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'peers-'));
    let different = 0;
    for (const file of files) {
        different += await compare(program, Tokenizer, file, sample, folder);
    }
    fs.rmSync(folder, { recursive: true });
    process.exit(different === 0 ? 0 : 1);
}

main();

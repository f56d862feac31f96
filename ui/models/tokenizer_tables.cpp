// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tokenizer_tables.h"

#include "core/base/utf8.h"
#include "core/io/csv_line.h"
#include "ui/models/table_lines.h"
#include "ui/session/language_samples.h"

namespace lexiscope {

DataTable tokenizerTable(const QString& title, const std::vector<TokenizerColumn>& tokenizers,
                         const std::shared_ptr<const ComparedTexts>& texts) {
    const AppendLine append = [tokenizers, texts](std::size_t index, std::string& out) {
        const TokenizerColumn& tokenizer = tokenizers[index];
        const TextSize& size = texts->sizes[tokenizer.slot];
        const TokenCounts& counts = texts->counts[tokenizer.slot];
        CsvLine(out)
            .text(tokenizer.letter.toStdString())
            .text(tokenizer.name)
            .count(counts.tokens)
            .count(counts.unknown)
            .count(size.characters)
            .count(size.words)
            .number(charactersPerToken(size, counts))
            .number(tokensPerWord(size, counts))
            .end();
    };
    return {title, QStringLiteral("tokenizers"),
            linesOf(headOf({"slot", "name", "tokens", "unknown", "characters", "words",
                            "characters_per_token", "tokens_per_word"}),
                    tokenizers.size(), append),
            nullptr};
}

DataTable languageTable(const QString& title, const std::vector<TokenizerColumn>& tokenizers,
                        const std::shared_ptr<const LanguageCosts>& costs) {
    std::string head = "language,text,characters";
    for (const TokenizerColumn& tokenizer : tokenizers) {
        head += ",tokens_" + tokenizer.letter.toStdString();
    }
    head += "\r\n";
    const AppendLine append = [tokenizers, costs](std::size_t index, std::string& out) {
        const LanguageSample& sample = languageSamples()[index];
        const std::string text = sample.text.toStdString();
        CsvLine line(out);
        line.text(sample.language.toStdString()).text(text).count(countCharacters(text));
        for (const TokenizerColumn& tokenizer : tokenizers) {
            const std::vector<TokenCounts>& counts = costs->counts[tokenizer.slot];
            index < counts.size() ? line.count(counts[index].tokens) : line.none();
        }
        line.end();
    };
    return {title, QStringLiteral("tokens by language"), linesOf(head, languageSamples().size(), append),
            nullptr};
}

}  // namespace lexiscope

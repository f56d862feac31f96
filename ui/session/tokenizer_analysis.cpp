// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/tokenizer_analysis.h"

#include "ui/session/language_samples.h"

#include <QStringList>

namespace lexiscope {
namespace {

template <typename T>
QString keyOf(const PerSlotOf<std::shared_ptr<const T>>& objects) {
    QStringList parts;
    for (const std::shared_ptr<const T>& object : objects) {
        parts << QString::number(reinterpret_cast<quintptr>(object.get()), 16);
    }
    return parts.join(u' ');
}

Result<std::shared_ptr<const ComparedTexts>> compare(
    const PerSlotOf<std::shared_ptr<const EncodedText>>& texts, Progress& progress) {
    auto compared = std::make_shared<ComparedTexts>();
    compared->texts = texts;
    const EncodedText* measured = nullptr;
    TextSize size;
    for (std::size_t slot = 0; slot < texts.size(); ++slot) {
        if (progress.stopRequested()) {
            return cancelled();
        }
        const EncodedText* text = texts[slot].get();
        if (text == nullptr) {
            continue;
        }
        // All slots cut the same text, but for a moment.
        if (measured == nullptr || measured->text != text->text) {
            size = sizeOf(text->text);
            measured = text;
        }
        compared->sizes[slot] = size;
        compared->counts[slot] = countsOf(text->encoding);
    }
    return std::shared_ptr<const ComparedTexts>(std::move(compared));
}

Result<std::shared_ptr<const LanguageCosts>> costs(
    const PerSlotOf<std::shared_ptr<const Tokenizer>>& tokenizers, const EncodeOptions& options,
    Progress& progress) {
    auto costs = std::make_shared<LanguageCosts>();
    costs->tokenizers = tokenizers;
    costs->options = options;
    for (std::size_t slot = 0; slot < tokenizers.size(); ++slot) {
        for (const LanguageSample& sample : languageSamples()) {
            if (tokenizers[slot] == nullptr) {
                break;
            }
            const Result<Encoding> encoding =
                tokenizers[slot]->encode(sample.text.toStdString(), options, progress);
            if (!encoding.ok()) {
                return encoding.error();
            }
            costs->counts[slot].push_back(countsOf(encoding.value()));
        }
    }
    return std::shared_ptr<const LanguageCosts>(std::move(costs));
}

}  // namespace

TokenizerAnalysis::TokenizerAnalysis(JobRunner& runner, QObject* parent)
    : QObject(parent),
      m_texts(runner, QStringLiteral("compared texts"), *this, [this] { Q_EMIT changed(); }),
      m_languages(runner, QStringLiteral("languages"), *this, [this] { Q_EMIT changed(); }) {}

void TokenizerAnalysis::setTexts(const PerSlotOf<std::shared_ptr<const EncodedText>>& texts) {
    if (texts == m_wantedTexts) {
        return;
    }
    m_wantedTexts = texts;
    if (this->texts() && this->texts()->texts == texts) {
        return m_texts.settle();
    }
    m_texts.compute(keyOf(texts), tr("Counting tokens"),
                    [texts](Progress& progress) { return compare(texts, progress); });
}

void TokenizerAnalysis::setTokenizers(const PerSlotOf<std::shared_ptr<const Tokenizer>>& tokenizers,
                                      const EncodeOptions& options) {
    if (tokenizers != m_wantedTokenizers || options != m_options) {
        m_wantedTokenizers = tokenizers;
        m_options = options;
        retry();
    }
}

void TokenizerAnalysis::retry() {
    const std::shared_ptr<const LanguageCosts>& stands = languages();
    if (stands && stands->tokenizers == m_wantedTokenizers && stands->options == m_options) {
        return m_languages.settle();
    }
    const QString key = QStringLiteral("%1 %2 %3")
                            .arg(keyOf(m_wantedTokenizers))
                            .arg(m_options.addSpecial)
                            .arg(m_options.parseSpecial);
    m_languages.compute(key, tr("Cutting sample sentences"),
                        [tokenizers = m_wantedTokenizers, options = m_options](Progress& progress) {
                            return costs(tokenizers, options, progress);
                        });
}

}  // namespace lexiscope

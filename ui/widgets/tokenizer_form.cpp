// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tokenizer_form.h"

#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <array>
#include <vector>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int mostCount = 1'000'000;
constexpr int leastVocabulary = 300;  // has room for the bytes and the usual special tokens
constexpr int leastPieces = 32;

}  // namespace

TokenizerForm::TokenizerForm(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent),
      m_kind(new Segmented(theme, this)),
      m_grid(new FieldGrid(QStringLiteral("vocabulary 100,000"), 1, 3, this)),
      m_split(new ChoiceButton),
      m_isCased(new QCheckBox(tr("Keep capitals and accents"))) {
    m_kind->setObjectName(QStringLiteral("kind"));
    m_kind->setItems({tr("BPE"), tr("WordPiece"), tr("Unigram")});
    m_kind->setToolTipOf(
        0, tr("Begin with bytes and merge the most frequent pair, again and again: GPT-2, Llama 3"));
    m_kind->setToolTipOf(
        1, tr("Begin with characters and merge likewise; parts that go on within a word bear ##: BERT"));
    m_kind->setToolTipOf(2,
                         tr("Begin with many strings, and leave out those that the text misses least: T5"));
    m_vocabulary = m_grid->addNumber(tr("vocabulary"), leastPieces, static_cast<int>(mostTrainedTokens),
                                     tr("IDs in all, special tokens and the alphabet included"));
    m_minCount = m_grid->addNumber(tr("min-count"), 1, mostCount, tr("Merge no pair that is met less often"));
    // The keyboard comes to them in the order in which they get their parent.
    m_split->setParent(this);
    m_isCased->setParent(this);
    m_split->setObjectName(QStringLiteral("split"));
    m_split->setPrefix(tr("cut as "));
    m_split->setAccessibleName(tr("Cuts that no token reaches over"));
    m_split->setToolTip(tr("No token reaches over these cuts: how spaces, digits and signs part the text"));
    std::vector<ChoiceButton::Choice> splits;
    splits.reserve(allSplitSchemes.size());
    for (const SplitScheme split : allSplitSchemes) {
        splits.push_back({nameOf(split), {}});
    }
    m_split->setChoices(splits);
    m_isCased->setObjectName(QStringLiteral("cased"));
    auto* last = new QHBoxLayout;
    last->addWidget(m_split);
    last->addWidget(m_isCased);
    last->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(partSpacing);
    layout->addWidget(m_kind, 0, Qt::AlignLeft);
    layout->addWidget(m_grid);
    layout->addLayout(last);
    connect(m_kind, &Segmented::chosen, this, [this] {
        showFields();
        Q_EMIT kindChosen(kind());
    });
    setOptions({});
}

QString TokenizerForm::nameOf(SplitScheme split) {
    // In the order of allSplitSchemes.
    static const std::array names = {QStringLiteral("GPT-2"), QStringLiteral("GPT-4"), QStringLiteral("Qwen"),
                                     QStringLiteral("GPT-4o")};
    static_assert(names.size() == allSplitSchemes.size());
    const auto* const at = std::find(allSplitSchemes.begin(), allSplitSchemes.end(), split);
    return names[static_cast<std::size_t>(at - allSplitSchemes.begin())];
}

TokenizerKind TokenizerForm::kind() const {
    return static_cast<TokenizerKind>(std::max(m_kind->current(), 0));
}

void TokenizerForm::showFields() {
    m_vocabulary->setMinimum(kind() == TokenizerKind::Bpe ? leastVocabulary : leastPieces);
    m_minCount->setVisible(kind() != TokenizerKind::Unigram);
    m_split->setVisible(kind() == TokenizerKind::Bpe);
    m_isCased->setVisible(kind() == TokenizerKind::WordPiece);
}

TokenizerTrainingOptions TokenizerForm::options() const {
    TokenizerTrainingOptions options;
    options.kind = kind();
    options.vocabulary = static_cast<std::size_t>(m_vocabulary->value());
    options.minCount = static_cast<std::uint64_t>(m_minCount->value());
    options.specials = usualSpecials(options.kind);
    if (options.kind == TokenizerKind::Bpe) {
        options.split = allSplitSchemes[static_cast<std::size_t>(m_split->current())];
    }
    options.isCased = options.kind == TokenizerKind::WordPiece && m_isCased->isChecked();
    return options;
}

void TokenizerForm::setOptions(const TokenizerTrainingOptions& options) {
    m_kind->setCurrent(static_cast<int>(options.kind));
    showFields();
    m_vocabulary->setValue(static_cast<int>(options.vocabulary));
    m_minCount->setValue(static_cast<int>(std::min<std::uint64_t>(options.minCount, mostCount)));
    const auto split = std::find(allSplitSchemes.begin(), allSplitSchemes.end(), options.split);
    m_split->setCurrent(static_cast<int>(split - allSplitSchemes.begin()));
    m_isCased->setChecked(options.isCased);
}

}  // namespace lexiscope

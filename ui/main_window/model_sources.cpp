// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/model_sources.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

QString text(const char* words) {
    return ModelSources::tr(words);
}

QString plain(const char* words) {
    return QString::fromUtf8(words);
}

QLabel* label(const QString& words, const QFont& font, QWidget* parent) {
    auto* made = new QLabel(words, parent);
    made->setFont(font);
    made->setTextFormat(Qt::PlainText);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

ModelSource gpt2() {
    return {
        plain("GPT-2"),
        text(
            "The smallest of OpenAI's four: 50,257 tokens × 768, 1,024 positions × 768, with its tokenizer."),
        plain("huggingface.co/openai-community/gpt2"),
        {{plain("config.json"), plain("665 bytes"), {}},
         {plain("model.safetensors"), plain("548 MB"), text("the numbers")},
         {plain("vocab.json"), plain("1.0 MB"), text("the tokens")},
         {plain("merges.txt"), plain("456 kB"), text("how bytes become tokens")},
         {plain("tokenizer.json"), plain("1.4 MB"), text("may stand in for the two above")}},
        text("Put the files into one folder and open the folder: File ▸ Open a model folder. GPT-2 medium, "
             "large "
             "and XL (gpt2-medium, gpt2-large, gpt2-xl) are opened the same way.")};
}

ModelSource bert() {
    return {
        plain("BERT"),
        text("Google's encoder, the one of lower-cased English: 30,522 tokens × 768, 512 positions × 768."),
        plain("huggingface.co/google-bert/bert-base-uncased"),
        {{plain("config.json"), plain("570 bytes"), {}},
         {plain("model.safetensors"), plain("440 MB"), text("the numbers")},
         {plain("vocab.txt"), plain("232 kB"), text("the tokens")}},
        text("Open the folder. DistilBERT, ELECTRA and MPNet are opened the same way.")};
}

ModelSource roberta() {
    return {
        plain("RoBERTa"),
        text("Facebook's BERT with GPT-2's way to cut text: 50,265 tokens × 768. Of 514 rows of positions "
             "the first two are no places in a text."),
        plain("huggingface.co/FacebookAI/roberta-base"),
        {{plain("config.json"), plain("481 bytes"), {}},
         {plain("model.safetensors"), plain("499 MB"), text("the numbers")},
         {plain("vocab.json"), plain("899 kB"), text("the tokens")},
         {plain("merges.txt"), plain("456 kB"), text("how bytes become tokens")}},
        text("Open the folder.")};
}

ModelSource llama() {
    return {plain("Llama 3.1 8B"),
            text("Meta's decoder: 128,256 tokens × 4,096 in BF16, and no rows of positions, for it turns "
                 "queries and keys instead."),
            plain("huggingface.co/meta-llama/Llama-3.1-8B"),
            {{plain("config.json"), plain("1 kB"), {}},
             {plain("model.safetensors.index.json"), plain("24 kB"), text("which file holds what")},
             {plain("model-00001-of-00004.safetensors"), plain("4.98 GB"),
              text("the tokens' rows: the others "
                   "are not needed")},
             {plain("tokenizer.json"), plain("9.1 MB"), text("the tokens")}},
            text("Open the folder. Mistral, Qwen2, Gemma, Phi and their kin are opened the same way.")};
}

ModelSource googleNews() {
    return {
        plain("word2vec-google-news-300"),
        text("Google's vectors of news: 3,000,000 words and phrases × 300. The name is that of gensim's "
             "downloader."),
        plain("code.google.com/archive/p/word2vec"),
        {{plain("GoogleNews-vectors-negative300.bin.gz"), plain("1.65 GB"), text("as it is fetched")},
         {plain("GoogleNews-vectors-negative300.bin"), plain("3.64 GB"), text("unpacked: open this one")}},
        text("Unpack it (gunzip), for its vectors are then read from the file and take no memory. gensim's "
             "downloader keeps it as word2vec-google-news-300.gz; that is the same file. Phrases such as "
             "New_York "
             "are found when they are typed with a space.")};
}

ModelSource glove() {
    return {plain("GloVe"),
            text("Stanford's vectors of Wikipedia and Gigaword: 400,000 words × 50, 100, 200 or 300."),
            plain("nlp.stanford.edu/projects/glove"),
            {{plain("glove.6B.zip"), plain("862 MB"), text("holds the four below")},
             {plain("glove.6B.50d.txt"), plain("171 MB"), plain("400,000 × 50")},
             {plain("glove.6B.100d.txt"), plain("347 MB"), plain("400,000 × 100")},
             {plain("glove.6B.200d.txt"), plain("693 MB"), plain("400,000 × 200")},
             {plain("glove.6B.300d.txt"), plain("1.04 GB"), plain("400,000 × 300")}},
            text("Unpack the archive and open one of the .txt files; packed again with gzip (.txt.gz) it can "
                 "be opened, "
                 "too. The first rows are shown while the rest is read. “lexiscope convert” makes a .bin of "
                 "it, which "
                 "opens at once.")};
}

ModelSource tokenizers() {
    return {
        plain("Tokenizers alone"),
        text("Where only the cutting of text matters, the small file with the tokenizer is enough, whatever "
             "the size of its model."),
        plain("huggingface.co, openaipublic.blob.core.windows.net/encodings"),
        {{plain("tokenizer.json"), plain("1 to 20 MB"), text("beside nearly every model")},
         {plain("tokenizer.model, spiece.model"), plain("0.5 to 4 MB"), text("of SentencePiece")},
         {plain("cl100k_base.tiktoken"), plain("1.7 MB"), text("GPT-4")},
         {plain("o200k_base.tiktoken"), plain("3.6 MB"), text("GPT-4o")},
         {plain("….gguf"), plain("any"), text("of llama.cpp: its tokenizer alone is read")}},
        text("Open the file, or its folder. Up to four stand beside each other in Tokenize.")};
}

}  // namespace

std::vector<ModelSource> modelSources() {
    return {gpt2(), bert(), roberta(), llama(), googleNews(), glove(), tokenizers()};
}

ModelSources::ModelSources(const ThemeSource& theme, QWidget* parent) : QDialog(parent), m_theme(theme) {
    setObjectName(QStringLiteral("modelSources"));
    setWindowTitle(tr("Where to get models"));
    auto* content = new QWidget;
    auto* sections = new QVBoxLayout(content);
    sections->setContentsMargins(0, 0, 12, 0);
    sections->setSpacing(22);
    QLabel* first = label(tr("Two models and a feature table come with Lexiscope: File ▸ Open in slot A or B "
                             "▸ Built in. Others it reads "
                             "from files that you fetch; it fetches nothing itself."),
                          theme.theme().textFont(13), content);
    first->setWordWrap(true);
    sections->addWidget(first);
    for (const ModelSource& source : modelSources()) {
        sections->addWidget(section(source));
    }
    sections->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 12, 16);
    layout->setSpacing(16);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    const double scale = theme.theme().fontScale;
    resize(qRound(640 * scale), qRound(760 * scale));
}

QWidget* ModelSources::section(const ModelSource& source) const {
    const Theme& theme = m_theme.theme();
    auto* section = new QWidget;
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(label(source.name, theme.textFont(15, QFont::DemiBold), section));
    layout->addWidget(label(source.what, theme.textFont(13), section));
    layout->addWidget(label(source.address, theme.monoFont(12), section));
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 4, 0, 4);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(3);
    addFiles(*grid, source);
    layout->addLayout(grid);
    layout->addWidget(label(source.open, theme.textFont(13), section));
    for (QLabel* each : section->findChildren<QLabel*>(QString(), Qt::FindDirectChildrenOnly)) {
        each->setWordWrap(each->text() == source.what || each->text() == source.open);
    }
    return section;
}

void ModelSources::addFiles(QGridLayout& grid, const ModelSource& source) const {
    const Theme& theme = m_theme.theme();
    int line = 0;
    for (const ModelSource::File& file : source.files) {
        grid.addWidget(label(file.name, theme.monoFont(12), nullptr), line, 0);
        grid.addWidget(label(file.size, theme.monoFont(12), nullptr), line, 1, Qt::AlignRight);
        grid.addWidget(label(file.what, theme.textFont(12), nullptr), line++, 2);
    }
    grid.setColumnStretch(2, 1);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/panel_list.h"

#include "ui/panels/bytes_panel.h"
#include "ui/panels/features_panel.h"
#include "ui/panels/id_panel.h"
#include "ui/panels/layer_panel.h"
#include "ui/panels/matrix_panel.h"
#include "ui/panels/merges_panel.h"
#include "ui/panels/neighbor_panel.h"
#include "ui/panels/order_panel.h"
#include "ui/panels/pair_neighbor_panel.h"
#include "ui/panels/pair_panel.h"
#include "ui/panels/pair_text_panel.h"
#include "ui/panels/pipeline_panel.h"
#include "ui/panels/positions_panel.h"
#include "ui/panels/space_panel.h"
#include "ui/panels/step_panel.h"
#include "ui/panels/table_panel.h"
#include "ui/panels/text_panel.h"
#include "ui/panels/tokenizer_training_panel.h"
#include "ui/panels/tokenizers_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/vocabulary_panel.h"
#include "ui/widgets/part_row.h"
#include "ui/widgets/slot_mark.h"
#include "ui/widgets/view_stack.h"

#include <algorithm>
#include <array>
#include <optional>

#include <QRegularExpression>

namespace lexiscope {
namespace {

constexpr int littleHeight = 760;  // pixels, of a layout
constexpr int fewRows = 800;       // likewise, where three rows stand below each other
constexpr int muchWidth = 1800;

struct Kind {
    Panel* (*make)(const PanelContext&, QWidget*);
    const ViewKeys& (*viewKeys)();
};

template <typename T>
Panel* make(const PanelContext& context, QWidget* parent) {
    return new T(context, parent);
}

template <typename T>
constexpr Kind kindOf{make<T>, &T::viewKeys};

struct Entry {
    const char* name;
    QSize figureSize;
    Kind kind;
    std::optional<int> slot = std::nullopt;  // the one it is tied to
    bool isOfPair = false;                   // shows both, or more
    Ground ground = Ground::None;
};

const std::array entries = {
    Entry{"tokens", {1400, 172}, kindOf<TextPanel>, std::nullopt, false, Ground::Tokenizer},
    Entry{"bytes", {1400, 190}, kindOf<BytesPanel>, std::nullopt, false, Ground::Tokenizer},
    Entry{"table", {1060, 440}, kindOf<TablePanel>, std::nullopt, false, Ground::Tokenizer},
    Entry{"vocabulary", {520, 520}, kindOf<VocabularyPanel>},
    Entry{"space", {920, 620}, kindOf<SpacePanel>, std::nullopt, false, Ground::Vectors},
    Entry{"neighbors", {400, 520}, kindOf<NeighborPanel>, std::nullopt, false, Ground::Vectors},
    Entry{"matrix", {400, 520}, kindOf<MatrixPanel>, std::nullopt, false, Ground::Vectors},
    Entry{"positions", {1400, 480}, kindOf<PositionsPanel>},
    Entry{"ids", {680, 430}, kindOf<IdPanel>, std::nullopt, false, Ground::Vectors},
    Entry{"training", {520, 560}, kindOf<TrainingPanel>},
    Entry{"step", {560, 470}, kindOf<StepPanel>},
    Entry{"features", {860, 460}, kindOf<FeaturesPanel>},
    Entry{"layer", {1320, 460}, kindOf<LayerPanel>},
    Entry{"order", {640, 520}, kindOf<OrderPanel>, std::nullopt, false, Ground::Vectors},
    Entry{"tokenizers", {1320, 520}, kindOf<TokenizersPanel>, std::nullopt, true},
    Entry{"merges", {1400, 420}, kindOf<MergesPanel>, std::nullopt, false, Ground::Tokenizer},
    Entry{"pipeline", {860, 420}, kindOf<PipelinePanel>, std::nullopt, false, Ground::Tokenizer},
    Entry{"tokenizer-training", {520, 560}, kindOf<TokenizerTrainingPanel>},
    Entry{"spaceA", {620, 620}, kindOf<SpacePanel>, 0, false, Ground::Vectors},
    Entry{"spaceB", {620, 620}, kindOf<SpacePanel>, 1, false, Ground::Vectors},
    Entry{"matrixA", {400, 520}, kindOf<MatrixPanel>, 0, false, Ground::Vectors},
    Entry{"matrixB", {400, 520}, kindOf<MatrixPanel>, 1, false, Ground::Vectors},
    Entry{"tokensAB", {1400, 290}, kindOf<PairTextPanel>, std::nullopt, true},
    Entry{"neighborsAB", {640, 520}, kindOf<PairNeighborPanel>, std::nullopt, true, Ground::Vectors},
    Entry{"pair", {1654, 160}, kindOf<PairPanel>, std::nullopt, true, Ground::Vectors},
};

const Entry* find(const QString& name) {
    for (const Entry& entry : entries) {
        if (name == QLatin1String(entry.name)) {
            return &entry;
        }
    }
    return nullptr;
}

/// Panels of two models have the parts that those of one have, and teach the same.
QString topicOf(const QString& panel) {
    static const QRegularExpression slotLetters(QStringLiteral("(A|B|AB)$"));
    return QString(panel).remove(slotLetters);
}

void showOnly(Panel& panel, const QString& part) {
    if (auto* views = panel.findChild<ViewStack*>()) {
        views->choose(part);
    } else {
        panel.findChild<PartRow*>()->showOnly(part);
    }
}

/// What a panel teaches, by its topic.
constexpr std::pair<const char*, const char*> lessons[] = {
    {"tokens",
     "A token is a piece of text that the model treats as one unit: a word, a part of one, a "
     "sign. Its ID is the number of its row in the model's table."},
    {"bytes",
     "A text is stored as bytes, numbers from 0 to 255. UTF-8 writes each character in one to "
     "four of them, and a tokenizer that works on bytes may cut a rare character in two."},
    {"table",
     "What each token is made of: the bytes that it stands for, the characters that they write, "
     "where in the text it came from, and how its tokenizer ranks it."},
    {"vocabulary",
     "All tokens that there are. Which ones was settled once, from the text that the tokenizer "
     "was trained on: some of them no text becomes any more."},
    {"space",
     "Principal component analysis (PCA) turns the cloud of vectors so that the two axes drawn "
     "keep as much of its spread as two can."},
    {"neighbors",
     "The rows most like the selected one. Vectors that point the same way tend to mean alike: "
     "training has put them there."},
    {"matrix",
     "The embedding layer: a row of numbers, the weights, for each token. Looking a token up "
     "means taking its row."},
    {"positions",
     "A network that reads all tokens at once does not see their order. A vector for each "
     "position, added to the token's, gives it back."},
    {"ids",
     "An ID is only a row number: rows next to each other in the table need have nothing in "
     "common, rows near each other in the space do."},
    {"training",
     "Vectors begin as chance. Each word of the text moves them a little, so that they predict "
     "the words around it better: words in like company come to lie together."},
    {"step",
     "Learning is many small steps. In each, the rows of a few words move a little towards each "
     "other or apart, by how wrong their prediction was; all other rows stay where they are."},
    {"features",
     "Each answer from 0 to 10 is a number of the thing's vector. Vectors made by hand already "
     "have distances, neighbours and directions, as learned ones do."},
    {"layer",
     "A table with a row of weights for each ID. To look an ID up is to take its row, which is "
     "the product of a one-hot vector and the table; to train it is to change the rows that were "
     "taken."},
    {"order",
     "All words read at once are a set of rows, and a set has no order: dog bites man is man "
     "bites dog. Rows that know their place, or scores that know how far apart words are, tell "
     "them apart."},
    {"tokenizers",
     "Each model cuts text with a vocabulary of its own. The fewer tokens a text needs, the more "
     "of it a model reads at once; how many depends on the languages the vocabulary was learned "
     "from."},
    {"merges",
     "Byte-pair encoding joins the pair of neighbours that comes first in its list of merges, "
     "again and again. WordPiece takes the longest entry that fits; Unigram the likeliest way "
     "through all entries."},
    {"pipeline",
     "A text is rewritten by normalizers, cut in pieces that no token reaches over, and each "
     "piece becomes tokens of the vocabulary. Special tokens are taken out first and put around "
     "last."},
    {"tokenizer-training",
     "A tokenizer is learned from a text before any network is: byte-pair encoding begins with "
     "single bytes and merges the pair that stands most often side by side, again and again, so "
     "that frequent words become one token."},
    {"pair",
     "Linear CKA compares the shape of two sets of vectors up to rotation and scale; overlap "
     "counts the neighbours that a word has in both."},
};

}  // namespace

QStringList panelNames() {
    QStringList names;
    for (const Entry& entry : entries) {
        names << QString::fromLatin1(entry.name);
    }
    return names;
}

DockLayout exploreLayout() {
    return {QStringLiteral("explore"),
            {{{{QStringLiteral("tokens")}}},
             {{{QStringLiteral("space"), 50},
               {QStringLiteral("neighbors"), 25},
               {QStringLiteral("matrix"), 25},
               {QStringLiteral("ids"), 25}},
              70},
             {{{QStringLiteral("positions")}}, 30}},
            {QStringLiteral("ids"), QStringLiteral("features")},
            // The map is what the window is about: with little height it has all that the text leaves.
            {{QStringLiteral("positions"), QStringLiteral("space"), littleHeight},
             {QStringLiteral("features"), QStringLiteral("matrix")}}};
}

DockLayout compareLayout() {
    return {QStringLiteral("compare"),
            {{{{QStringLiteral("tokensAB")}}},
             {{{QStringLiteral("spaceA"), 30},
               {QStringLiteral("spaceB"), 30},
               {QStringLiteral("neighborsAB"), 40}},
              100},
             {{{QStringLiteral("pair")}}}},
            {QStringLiteral("matrixA"), QStringLiteral("matrixB"), QStringLiteral("features")},
            {{QStringLiteral("matrixA"), QStringLiteral("spaceA")},
             {QStringLiteral("matrixB"), QStringLiteral("spaceB")},
             {QStringLiteral("features"), QStringLiteral("neighborsAB")},
             {QStringLiteral("pair"), QStringLiteral("neighborsAB"), littleHeight}}};
}

DockLayout learnLayout() {
    return {QStringLiteral("learn"),
            {{{{QStringLiteral("training"), 32},
               {QStringLiteral("space"), 44},
               {QStringLiteral("neighbors"), 24}},
              100}},
            {},
            {{QStringLiteral("step"), QStringLiteral("training")},
             {QStringLiteral("features"), QStringLiteral("training"), 0, Panel::tr("Features")},
             {QStringLiteral("layer"), QStringLiteral("training"), 0, Panel::tr("Layer")}}};
}

DockLayout orderLayout() {
    return {QStringLiteral("order"),
            {{{{QStringLiteral("tokens")}}},
             {{{QStringLiteral("positions"), 58}, {QStringLiteral("order"), 42}}, 100}},
            {},
            {}};
}

DockLayout tokenizeLayout() {
    return {
        QStringLiteral("tokenize"),
        {{{{QStringLiteral("tokens")}}},
         {{{QStringLiteral("bytes")}}},
         {{{QStringLiteral("table"), 38}, {QStringLiteral("merges"), 38}, {QStringLiteral("vocabulary"), 24}},
          100}},
        {},
        {{QStringLiteral("tokenizers"), QStringLiteral("table"), 0, Panel::tr("Side by side")},
         {QStringLiteral("pipeline"), QStringLiteral("merges"), 0, Panel::tr("Stages")},
         {QStringLiteral("vocabulary"), QStringLiteral("merges"), 0, {}, muchWidth},
         {QStringLiteral("tokenizer-training"), QStringLiteral("table"), 0, Panel::tr("Learn")},
         // Where it has no row to itself it still stands below the text.
         {QStringLiteral("bytes"), QStringLiteral("table"), fewRows, Panel::tr("Bytes"), 0, true}},
        1};
}

Panel* makePanel(const QString& name, const PanelContext& context, QWidget* parent) {
    const Entry* entry = find(name);
    if (entry == nullptr) {
        return nullptr;
    }
    PanelContext tied = context;
    tied.slot = entry->slot;
    Panel* panel = entry->kind.make(tied, parent);
    panel->setObjectName(name);
    return panel;
}

const ViewKeys& viewKeysOf(const QString& name) {
    const Entry* entry = find(name);
    return entry == nullptr ? Panel::viewKeys() : entry->kind.viewKeys();
}

QString lessonOf(const QString& panel) {
    const auto* const lesson = std::find_if(std::begin(lessons), std::end(lessons), [&](const auto& each) {
        return topicOf(panel) == QLatin1String(each.first);
    });
    return lesson == std::end(lessons) ? QString() : Panel::tr(lesson->second);
}

std::vector<PanelPart> partsOf(const QString& panel) {
    const auto tr = [](const char* text) { return Panel::tr(text); };
    const QString topic = topicOf(panel);
    if (topic == QLatin1String("positions")) {
        return {{QStringLiteral("matrix"), tr("the matrix alone"), {920, 520}},
                {QStringLiteral("similarity"), tr("their similarity alone"), {480, 520}},
                {QStringLiteral("waves"), tr("the waves alone"), {760, 420}},
                {QStringLiteral("decay"), tr("their decay with distance alone"), {760, 420}},
                {QStringLiteral("wavelengths"), tr("the wavelengths alone"), {760, 420}},
                {QStringLiteral("curve"), tr("their curve alone"), {560, 520}},
                {QStringLiteral("sum"), tr("the sum alone"), {920, 420}}};
    }
    if (topic == QLatin1String("layer")) {
        return {{QStringLiteral("table"), tr("the table alone"), {620, 420}},
                {QStringLiteral("lookup"), tr("the look-up alone"), {860, 460}},
                {QStringLiteral("step"), tr("the gradient step alone"), {760, 270}}};
    }
    if (topic == QLatin1String("order")) {
        return {{QStringLiteral("words"), tr("two sentences"), {640, 520}},
                {QStringLiteral("parallel"), tr("word by word and all at once"), {640, 520}},
                {QStringLiteral("rotary"), tr("rotary positions"), {640, 400}}};
    }
    if (topic == QLatin1String("tokenizers")) {
        return {{QStringLiteral("strips"), tr("the text alone"), {860, 360}},
                {QStringLiteral("languages"), tr("the languages alone"), {620, 460}}};
    }
    if (topic == QLatin1String("matrix")) {
        return {{QStringLiteral("map"), tr("the map alone"), {620, 460}},
                {QStringLiteral("row"), tr("the selected row alone"), {760, 320}}};
    }
    return {};
}

QSize figureSize(const QString& name, const QString& part) {
    for (const PanelPart& each : partsOf(name)) {
        if (each.name == part) {
            return each.figureSize;
        }
    }
    const Entry* entry = find(name);
    if (entry == nullptr) {
        return name == QLatin1String("compare") ? QSize(1680, 1050) : QSize(1440, 900);
    }
    return entry->figureSize;
}

Ground groundOf(const QString& name) {
    const Entry* entry = find(name);
    return entry != nullptr ? entry->ground : Ground::None;
}

bool showsSecondModel(const QString& name) {
    const Entry* entry = find(name);
    return name == QLatin1String("compare") || name == QLatin1String("tokenize") ||
           (entry != nullptr && (entry->slot == 1 || entry->isOfPair));
}

bool showsTraining(const QString& name) {
    return name == QLatin1String("training") || name == QLatin1String("learn");
}

bool showsTokenizerTraining(const QString& name) {
    return name == QLatin1String("tokenizer-training");
}

bool followsTraining(const QString& name) {
    return showsTraining(name) || name == QLatin1String("step");
}

std::unique_ptr<Card> makeCard(const QString& name, const QString& part, const PanelContext& context) {
    Panel* panel = makePanel(name, context);
    if (panel == nullptr) {
        return nullptr;
    }
    if (!part.isEmpty()) {
        showOnly(*panel, part);
    }
    auto card = std::make_unique<Card>(context.theme, panel->title());
    if (panel->tiedSlot()) {
        card->addTool(new SlotMark(context.theme, *panel->tiedSlot()));
    }
    card->setContent(panel);
    QObject::connect(panel, &Panel::factChanged, card.get(), &Card::setFact);
    return card;
}

}  // namespace lexiscope

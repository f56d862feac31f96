// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/stage_text.h"

#include "ui/session/grouped_text.h"

#include <algorithm>

#include <QCoreApplication>

namespace lexiscope {
namespace {

struct StageTexts {
    Q_DECLARE_TR_FUNCTIONS(StageTexts)
};

}  // namespace

std::size_t changesIn(const Stage& stage) {
    return static_cast<std::size_t>(
        std::count_if(stage.changes.begin(), stage.changes.end(),
                      [](const TextChange& change) { return change.kind != ChangeKind::Kept; }));
}

std::size_t takenOut(const Stage& stage) {
    return static_cast<std::size_t>(std::count_if(stage.pieces.begin(), stage.pieces.end(),
                                                  [](const auto& piece) { return piece.token.has_value(); }));
}

bool standsInTitle(const QString& detail) {
    constexpr qsizetype longest = 12;
    return detail.size() <= longest;
}

QString stageTitle(const Stage& stage) {
    const QString name = QString::fromStdString(stage.name);
    const QString detail = QString::fromStdString(stage.detail);
    switch (stage.kind) {
        case StageKind::Source:
            return StageTexts::tr("Text");
        case StageKind::Added:
            return StageTexts::tr("Added tokens");
        case StageKind::PostProcessor:
            return StageTexts::tr("Around the text");
        default:
            return detail.isEmpty() || !standsInTitle(detail) ? name : name + u' ' + detail;
    }
}

QString stageNote(const Stage& stage) {
    const std::size_t changes = changesIn(stage);
    const QString changed =
        changes == 0 ? QString() : counted(changes, StageTexts::tr("1 change"), StageTexts::tr("%1 changes"));
    switch (stage.kind) {
        case StageKind::Source:
            return counted(stage.text.size(), StageTexts::tr("1 byte"), StageTexts::tr("%1 bytes"));
        case StageKind::Added:
            return takenOut(stage) == 0 ? StageTexts::tr("none in the text")
                                        : counted(takenOut(stage), StageTexts::tr("1 taken out"),
                                                  StageTexts::tr("%1 taken out"));
        case StageKind::Normalizer:
            return StageTexts::tr("normalizer · %1")
                .arg(changed.isEmpty() ? StageTexts::tr("no change") : changed);
        case StageKind::PreTokenizer: {
            const QString pieces =
                counted(stage.pieces.size(), StageTexts::tr("1 piece"), StageTexts::tr("%1 pieces"));
            return changed.isEmpty() ? StageTexts::tr("cut · %1").arg(pieces)
                                     : StageTexts::tr("cut · %1, %2").arg(pieces, changed);
        }
        case StageKind::Model:
            return StageTexts::tr("model · %1")
                .arg(counted(stage.pieces.size(), StageTexts::tr("1 token"), StageTexts::tr("%1 tokens")));
        case StageKind::PostProcessor:
            return counted(stage.pieces.size(), StageTexts::tr("1 token"), StageTexts::tr("%1 tokens"));
    }
    return {};
}

}  // namespace lexiscope

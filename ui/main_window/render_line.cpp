// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/render_line.h"

#include "core/base/utf8.h"
#include "core/search/token_lookup.h"
#include "ui/main_window/panel_list.h"
#include "ui/widgets/slot_mark.h"

#include <algorithm>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace lexiscope {
namespace {

// Linux takes 128 KiB a word; some of that goes to quotes.
constexpr qsizetype longestText = 100'000;

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("_-+.,:/@%=").contains(c);
}

/// All of it is characters that can be seen, spaces and newlines.
bool isText(const QByteArray& bytes) {
    const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = codePointAt(text, at);
        const bool control = point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0);
        if (!point.valid || (control && point.value != '\n' && point.value != '\t')) {
            return false;
        }
        at += point.size;
    }
    return true;
}

QString number(double value) {
    return QString::number(value, 'g', 6);
}

QStringList modelWords(const Session& session) {
    QStringList words;
    const QStringList options{QStringLiteral("--model"), QStringLiteral("--model2"),
                              QStringLiteral("--model3"), QStringLiteral("--model4")};
    for (int slot = 0; slot < session.slotCount() && session.slot(slot).model; ++slot) {
        words << options[slot] << shellWord(QFile::encodeName(session.slot(slot).spec));
    }
    return words;
}

/// The selected token by its name where that leads to it, else as a part of the view.
QStringList selectionWords(const PanelContext& context, QJsonObject& view) {
    const std::optional<Selected>& selected = context.selection.selected();
    if (!selected || !context.session.slot(selected->slot).model) {
        return {};
    }
    const Model& model = *context.session.slot(selected->slot).model;
    const std::string name(model.vocabulary->spelling(selected->row));
    const Result<FoundToken> found = findToken(model, name);
    const bool isFound = selected->slot == 0 && found.ok() && found.value().row == selected->row;
    QStringList words;
    if (isFound) {
        words << QStringLiteral("--select") << shellWord(QByteArray::fromStdString(name));
    }
    const std::shared_ptr<const EncodedText> text = context.analyses.encoding(selected->slot);
    const auto isFirst = [&] {
        const std::vector<Token>& tokens = text->encoding.tokens;
        const auto first = std::find_if(tokens.begin(), tokens.end(), [&](const Token& token) {
            return token.id && rowOf(*token.id) == selected->row;
        });
        return first - tokens.begin() == static_cast<std::ptrdiff_t>(selected->position->value);
    };
    if (!isFound || (selected->position && text && !isFirst())) {
        QJsonArray exact{selected->slot, static_cast<qint64>(selected->row.value)};
        if (selected->position) {
            exact.append(static_cast<qint64>(selected->position->value));
        }
        view[QLatin1String("selected")] = exact;
    }
    return words;
}

QStringList lookWords(const FigureSpec& spec, FigureFormat format) {
    QStringList words;
    if (!spec.size.size.isEmpty()) {
        words << QStringLiteral("--size") << toText(spec.size);
    }
    if (format == FigureFormat::Png && spec.scale != 1) {
        words << QStringLiteral("--scale") << number(spec.scale);
    }
    if (spec.theme != ThemeName::Light) {
        words << QStringLiteral("--theme") << nameOf(spec.theme);
    }
    if (spec.fontSize != 1) {
        words << QStringLiteral("--font-size") << number(spec.fontSize);
    }
    if (spec.caption) {
        words << QStringLiteral("--caption");
    }
    if (spec.transparent) {
        words << QStringLiteral("--transparent");
    }
    return words;
}

}  // namespace

QString shellWord(const QByteArray& bytes) {
    if (!bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), isPlain)) {
        return QString::fromLatin1(bytes);
    }
    if (isText(bytes)) {
        return u'\'' + QString::fromUtf8(bytes).replace(u'\'', QLatin1String("'\\''")) + u'\'';
    }
    QString word = QStringLiteral("$'");
    for (const char c : bytes) {
        if (c == '\'' || c == '\\') {
            word += u'\\';
            word += QLatin1Char(c);
        } else if (c >= ' ' && c < 0x7f) {
            word += QLatin1Char(c);
        } else {
            // Three octal digits: what follows is never taken for another one.
            word += QStringLiteral("\\%1").arg(static_cast<int>(static_cast<unsigned char>(c)), 3, 8,
                                               QLatin1Char('0'));
        }
    }
    return word + u'\'';
}

Result<QString> renderLine(const FigureSpec& spec, FigureFormat format, const PanelContext& context) {
    const Session& session = context.session;
    if (!session.slot(0).model) {
        return Error{ErrorCode::NotFound, "model A", "there is none yet that a command could name", {}};
    }
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        if (slot > 0 && session.slot(slot).model && !session.slot(slot - 1).model) {
            return Error{ErrorCode::NotFound, "model " + slotLetter(slot - 1).toStdString(),
                         "is none, and a command names models without gaps", "open one there"};
        }
        if (session.slot(slot).model && session.slot(slot).spec.isEmpty()) {
            return Error{ErrorCode::NotFound, session.slot(slot).model->name,
                         "was made here and lies in no file that a command could name", "save it first"};
        }
    }
    const bool isOfRun =
        (followsTraining(spec.what) && context.training.run().state() != TrainingRun::State::Idle) ||
        (showsTokenizerTraining(spec.what) && context.tokenizerRun.state() != TokenizerRun::State::Idle);
    if (isOfRun) {
        return Error{ErrorCode::InvalidArgument, spec.what.toStdString(),
                     "is a picture of what was learned in this window, which no command repeats",
                     "save the figure here"};
    }
    if (session.text().size() > longestText || session.text().contains('\0')) {
        return Error{ErrorCode::InvalidArgument, "text", "no command line can hold this text",
                     "save the figure here"};
    }
    QJsonObject view = spec.view;
    if (session.activeSlot() != 0) {
        view[QLatin1String("slot")] = session.activeSlot();
    }
    QStringList words{QStringLiteral("lexiscope"), QStringLiteral("render"), spec.what,
                      QStringLiteral("--out"), fileNameOf(spec, format)};
    if (!spec.part.isEmpty()) {
        words << QStringLiteral("--part") << spec.part;
    }
    words << modelWords(session) << QStringLiteral("--text") << shellWord(session.text())
          << selectionWords(context, view) << lookWords(spec, format);
    if (!view.isEmpty()) {
        words << QStringLiteral("--view") << shellWord(QJsonDocument(view).toJson(QJsonDocument::Compact));
    }
    return words.join(u' ');
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/text_changes.h"

#include <string>
#include <vector>

#include <QStringList>
#include <QTest>

using namespace lexiscope;

namespace {

/// One character a byte; `sources` are "begin-end" of each.
struct State {
    std::string text;
    std::vector<AlignedCharacter> characters;
};

State stateOf(const char* text, const char* sources) {
    State state{text, {}};
    std::size_t place = 0;
    for (const QString& source : QString::fromLatin1(sources).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QStringList ends = source.split(QLatin1Char('-'));
        state.characters.push_back(
            {{place, place + 1},
             {static_cast<std::size_t>(ends[0].toInt()), static_cast<std::size_t>(ends[1].toInt())}});
        ++place;
    }
    return state;
}

/// "=ab +c -d ab>x"
QString readable(const State& before, const State& after) {
    QStringList parts;
    for (const TextChange& change :
         changesBetween({before.text, before.characters}, {after.text, after.characters})) {
        const QString old =
            QString::fromStdString(before.text.substr(change.before.begin, change.before.size()));
        const QString fresh =
            QString::fromStdString(after.text.substr(change.after.begin, change.after.size()));
        switch (change.kind) {
            case ChangeKind::Kept:
                parts << u'=' + fresh;
                break;
            case ChangeKind::Inserted:
                parts << u'+' + fresh;
                break;
            case ChangeKind::Removed:
                parts << u'-' + old;
                break;
            case ChangeKind::Replaced:
                parts << old + u'>' + fresh;
                break;
        }
    }
    return parts.join(u' ');
}

}  // namespace

class TextChangesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void changesAreTold_data() {
        QTest::addColumn<QString>("changes");
        QTest::addColumn<QByteArray>("oldText");
        QTest::addColumn<QByteArray>("oldSources");
        QTest::addColumn<QByteArray>("newText");
        QTest::addColumn<QByteArray>("newSources");
        const auto row = [](const char* name, const char* oldText, const char* oldSources,
                            const char* newText, const char* newSources, const char* changes) {
            QTest::newRow(name) << QString::fromLatin1(changes) << QByteArray(oldText)
                                << QByteArray(oldSources) << QByteArray(newText) << QByteArray(newSources);
        };
        row("nothing", "", "", "", "", "");
        row("kept", "ab", "0-1 1-2", "ab", "0-1 1-2", "=ab");
        row("replaced", "aBc", "0-1 1-2 2-3", "abc", "0-1 1-2 2-3", "=a B>b =c");
        row("removed", "a  b", "0-1 1-2 2-3 3-4", "ab", "0-1 3-4", "=a -   =b");
        row("removed at both ends", " a ", "0-1 1-2 2-3", "a", "1-2", "-  =a - ");
        row("all removed", "ab", "0-1 1-2", "", "", "-ab");
        row("all new", "", "", "ab", "0-0 0-0", "+ab");
        row("inserted before", "a", "0-1", "_a", "0-0 0-1", "+_ =a");
        row("inserted behind", "a", "0-1", "a_", "0-1 1-1", "=a +_");
        row("inserted stays", "_a", "0-0 0-1", "_a", "0-0 0-1", "=_a");
        row("inserted is replaced", "_a", "0-0 0-1", "-a", "0-0 0-1", "_>- =a");
        row("inserted beside inserted", "_a", "0-0 0-1", "__a", "0-0 0-0 0-1", "_>__ =a");
        row("taken apart", "x", "0-2", "yz", "0-2 0-2", "x>yz");
        row("put together", "yzb", "0-1 1-2 2-3", "xb", "0-2 2-3", "yz>x =b");
        row("places changed", "abcd", "0-1 1-2 2-3 3-4", "acbd", "0-1 2-3 1-2 3-4", "=a bc>cb =d");
    }
    void stretchesAreFollowed() {
        //                              "ab" kept, "c" gone, "+" new, "D" to "dd", "ef" kept
        const State before = stateOf("abcDef", "0-1 1-2 2-3 3-4 4-5 5-6");
        const State after = stateOf("ab+ddef", "0-1 1-2 3-3 3-4 3-4 4-5 5-6");
        const std::vector<TextChange> changes =
            changesBetween({before.text, before.characters}, {after.text, after.characters});
        const auto follow = [&](std::size_t begin, std::size_t end) {
            const ByteSpan span = followed(changes, {begin, end});
            return QStringLiteral("%1-%2").arg(span.begin).arg(span.end);
        };
        QCOMPARE(follow(0, 6), QStringLiteral("0-7"));
        QCOMPARE(follow(1, 2), QStringLiteral("1-2"));
        QCOMPARE(follow(0, 3), QStringLiteral("0-2"));
        QCOMPARE(follow(2, 3), QStringLiteral("2-2"));
        QCOMPARE(follow(3, 4), QStringLiteral("3-5"));
        QCOMPARE(follow(1, 5), QStringLiteral("1-6"));
        QCOMPARE(follow(5, 6), QStringLiteral("6-7"));
        QCOMPARE(follow(6, 6), QStringLiteral("7-7"));
        QCOMPARE(follow(0, 0), QStringLiteral("0-0"));
        QVERIFY(followed({}, {0, 0}) == (ByteSpan{0, 0}));
    }

    void changesAreTold() {
        QFETCH(QString, changes);
        QFETCH(QByteArray, oldText);
        QFETCH(QByteArray, oldSources);
        QFETCH(QByteArray, newText);
        QFETCH(QByteArray, newSources);
        QCOMPARE(readable(stateOf(oldText, oldSources), stateOf(newText, newSources)), changes);
    }
};

QTEST_GUILESS_MAIN(TextChangesTest)
#include "text_changes_test.moc"

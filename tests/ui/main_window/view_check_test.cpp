// SPDX-License-Identifier: GPL-3.0-or-later
// What a view that a person writes may say: unlike one that was kept, all of it has to make sense.
#include "ui/main_window/figure_maker.h"
#include "ui/main_window/figure_view.h"
#include "ui/main_window/panel_list.h"

#include <QJsonDocument>
#include <QTest>

using namespace lexiscope;

namespace {

Result<Done> checked(const QString& figure, const char* view) {
    const QJsonDocument document = QJsonDocument::fromJson(view);
    return document.isObject() ? checkView(figure, document.object()) : Result<Done>(cancelled());
}

}  // namespace

class ViewCheckTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyFigureSaysWhichKeysItKnows() {
        for (const QString& figure : figureNames()) {
            QVERIFY2(checked(figure, R"({"metric":"dot","k":7,"pinned":[1,2]})").ok(), qPrintable(figure));
            const Result<Done> wrong = checked(figure, R"({"nosuch":1})");
            QVERIFY2(!wrong.ok(), qPrintable(figure));
            QCOMPARE(wrong.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(wrong.error().what, std::string("has no \"nosuch\""));
            const QStringList known = QString::fromStdString(wrong.error().hint).split(QStringLiteral(", "));
            QVERIFY2(known.contains(QStringLiteral("selected")), wrong.error().hint.c_str());
            QStringList own;
            for (const ViewKey& key : viewKeysOf(figure).all()) {
                QVERIFY(!key.name.isEmpty() && !key.form.isEmpty());
                QVERIFY2(known.contains(key.name) && !own.contains(key.name), qPrintable(key.name));
                own << key.name;
            }
        }
    }

    void manyValuesAreToldInFewWords() {
        QVERIFY(checked(QStringLiteral("vocabulary"), R"({"show":"old-italic"})").ok());
        for (const QString& figure : figureNames()) {
            for (const ViewKey& key : viewKeysOf(figure).all()) {
                QVERIFY2(key.form.size() <= 240, qPrintable(figure + u' ' + key.name + u' ' + key.form));
            }
        }
    }

    void eachKeyTakesItsOwnValues_data() {
        QTest::addColumn<QString>("figure");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QByteArray>("wrong");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char* figure, const char* right, const char* wrong, const char* hint) {
            QTest::addRow("%s %s", figure, wrong) << QString::fromLatin1(figure) << QByteArray(right)
                                                  << QByteArray(wrong) << QString::fromLatin1(hint);
        };
        row("vocabulary", R"({"show":"never-produced"})", R"({"show":"never"})", "never-produced");
        row("vocabulary", R"({"order":"longest"})", R"({"order":"length"})", "id, text, longest");
        row("bytes", R"({"byte":1000000})", R"({"byte":-1})", "a whole number from 0 on");
        row("bytes", R"({"byte":0})", R"({"byte":"0"})", "a whole number from 0 on");
        row("bytes", R"({"byte":7})", R"({"byte":7.5})", "a whole number from 0 on");
        row("table", R"({"sort":"rank","descending":true})", R"({"descending":1})", "true or false");
        row("tokens", R"({"makeup":false})", R"({"makeup":null})", "true or false");
        row("spaceB", R"({"x":[-1,1],"y":[0,2]})", R"({"x":[1,-1]})", "[from, to]");
        row("space", R"({"color":"script","hidden":3})", R"({"color":"red"})", "density");
        row("matrix", R"({"rows":[10,4.5]})", R"({"rows":[10]})", "[first, how many]");
        row("positions", R"({"kind":"rotary","rows":[0,8]})", R"({"kind":"none"})", "sinusoidal");
        row("layer", R"({"V":9,"steps":[[1,2,1,0.5,3]]})", R"({"steps":[[1,2]]})", "number of steps");
        row("step", R"({"stage":"sigmoid","window":3})", R"({"window":11})", "from 1 to 10");
        row("order", R"({"view":"rotary","places":[3,4]})", R"({"places":[3]})", "[position, position]");
        row("neighbors", R"({"k":1000})", R"({"k":1001})", "a whole number from 1 to 1,000");
        row("ids", R"({"selected":[0,5,2]})", R"({"selected":5})", "[slot, ID]");
        row("tokens", R"({"splits":["","qwen2"]})", R"({"splits":["gpt5"]})", "cl100k_base");
        row("tokenize", R"({"panels":{"bytes":{"byte":4}}})", R"({"panels":{"bytes":{"byte":-4}}})",
            "a whole number from 0 on");
        row("window", R"({"panels":{}})", R"({"panels":{"space":{"byte":4}}})", "x, y");
        row("window", R"({"layout":""})", R"({"panels":{"spaces":{}}})", "spaceA");
    }

    void eachKeyTakesItsOwnValues() {
        QFETCH(const QString, figure);
        QFETCH(const QByteArray, right);
        QFETCH(const QByteArray, wrong);
        QFETCH(const QString, hint);
        QVERIFY(checked(figure, right).ok());
        const Result<Done> refused = checked(figure, wrong);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(QString::fromStdString(refused.error().hint).contains(hint), refused.error().hint.c_str());
    }
};

QTEST_GUILESS_MAIN(ViewCheckTest)
#include "view_check_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/data_table.h"

#include "core/search/token_lookup.h"
#include "tests/support/other_programs.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/stopping_progress.h"
#include "tests/support/workspace.h"

#include <cmath>
#include <cstring>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace lexiscope;

namespace {

/// tiny-gpt2 with a text, "queen" selected and everything computed.
struct Computed : test::Workspace {
    Computed() {
        session.setText("The queen, naïvely: \"𝄞\"\n");
        for (int need = 0; need < Analyses::NeedCount; ++need) {
            analyses.want(static_cast<Analyses::Need>(need), &session, true);
        }
        ready = load(0, QStringLiteral("builtin:tiny-gpt2"));
        selection.select({0, findToken(*model(), "queen").value().row, std::nullopt});
        ready = ready && settle();
    }
    std::shared_ptr<const Model> model() { return session.slot(0).model; }

    std::string written(const DataTable& table, DataFormat format) {
        std::string file;
        NoProgress progress;
        const Result<Done> done = table.writer(format)(
            [&file](std::string_view bytes) {
                file += bytes;
                return Result<Done>(Done{});
            },
            pool, progress);
        return done.ok() ? file : std::string();
    }

    bool ready = false;
};

/// What Python's csv module and NumPy make of files; `script` leaves its answer in `answer`.
QJsonObject byPython(const std::string& csv, const std::string& npy, const char* script) {
    const test::ScratchFolder folder;
    const std::string csvFile = folder.write("table.csv", csv).string();
    const std::string npyFile = folder.write("table.npy", npy).string();
    const QString program = QStringLiteral(
                                "import csv, json, numpy, sys\n"
                                "lines = list(csv.reader(open(sys.argv[1], encoding='utf-8', "
                                "newline=''), strict=True))\n"
                                "head, lines = lines[0], lines[1:]\n"
                                "array = lambda: numpy.load(sys.argv[2])\n"
                                "def floats(lines, first):\n"
                                "    return numpy.array([line[first:] for line in lines])"
                                ".astype(numpy.float64).astype(numpy.float32)\n"
                                "def same(a, b):\n"
                                "    return a.shape == b.shape and a.tobytes() == b.tobytes()\n"
                                "%1\n"
                                "json.dump(answer, sys.stdout)\n")
                                .arg(QLatin1String(script));
    return QJsonDocument::fromJson(
               test::outputOf(QStringLiteral("/usr/bin/python3"),
                              {QStringLiteral("-c"), program, QString::fromStdString(csvFile),
                               QString::fromStdString(npyFile)}))
        .object();
}

}  // namespace

class DataTableTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void aStepOfLearningIsWrittenWhole() {
        Computed bench;
        QVERIFY(bench.ready);
        PlannedStep step;
        step.inputs = {4, 2};
        step.outputs = {1, 3, 3};
        StepRows rows;
        rows.dimension = 2;
        rows.inputs = {{2, {0.5F, -1}}, {4, {1, 0.25F}}};
        rows.outputs = {{1, {0.125F, 3}}, {3, {-2, 1}}};
        StepOptions options;
        options.rate = 0.5F;
        const std::map<std::uint32_t, std::string> names = {
            {1, "one"}, {2, "two, \"2\""}, {3, "three"}, {4, "four"}};
        for (const WordModel model : {WordModel::SkipGram, WordModel::Cbow}) {
            options.model = model;
            StepRows changed = rows;
            const auto trace = std::make_shared<const StepTrace>(traceStep(step, options, changed));
            const std::string pairs = bench.written(stepPairTable({}, trace, names), DataFormat::Csv);
            const QJsonObject ofPairs = byPython(pairs, {}, R"(
answer = {'head': head, 'names': [line[:2] for line in lines],
          'sums': [float(l[4]) - float(l[3]) - float(l[6]) for l in lines],
          'factors': [float(l[7]) - 0.5 * float(l[5]) * float(l[6]) for l in lines]}
)");
            const qsizetype xs = model == WordModel::Cbow ? 1 : 2;
            QCOMPARE(ofPairs[QStringLiteral("names")].toArray().size(), 3 * xs);
            const QJsonArray last = ofPairs[QStringLiteral("names")].toArray().last().toArray();
            QCOMPARE(last.at(0).toString(), xs == 1 ? QStringLiteral("mean") : QStringLiteral("two, \"2\""));
            QCOMPARE(last.at(1).toString(), QStringLiteral("three"));
            for (const char* name : {"sums", "factors"}) {
                for (const QJsonValue value : ofPairs[QLatin1String(name)].toArray()) {
                    QVERIFY(std::abs(value.toDouble(1)) < 1e-6);
                }
            }
            const std::string written = bench.written(stepRowTable({}, trace, names), DataFormat::Csv);
            const QJsonObject ofRows = byPython(written, {}, R"(
answer = {'keys': [' '.join(line[i] for i in (0, 1, 3)) for line in lines], 'values': floats(lines, 4).ravel().tolist()}
)");
            QCOMPARE(ofRows[QStringLiteral("keys")].toArray().first().toString(),
                     QStringLiteral("input 4 before"));
            QCOMPARE(ofRows[QStringLiteral("keys")].toArray().last().toString(),
                     QStringLiteral("output 3 after"));
            std::vector<double> values;
            for (const QJsonValue value : ofRows[QStringLiteral("values")].toArray()) {
                values.push_back(value.toDouble());
            }
            QCOMPARE(values.size(), std::size_t(2 * 5 * 2));
            QCOMPARE(values[2], static_cast<double>(trace->inputs[0].after[0]));
            QCOMPARE(values[19], static_cast<double>(trace->outputs[2].after[1]));
        }
    }

    void bytesComeBackAsTheText() {
        Computed w;
        QVERIFY(w.ready);
        const std::shared_ptr<const EncodedText> text = w.analyses.encoding(0);
        const DataTable table = byteTable(QStringLiteral("Bytes"), *w.model(), text);
        QVERIFY(!table.npy);
        const QJsonObject read = byPython(w.written(table, DataFormat::Csv), {}, R"(
text = bytes.fromhex(''.join(line[1] for line in lines)).decode()
characters = [line for line in lines if line[2]]
answer = {'head': ','.join(head), 'text': text, 'characters': ''.join(line[2] for line in characters),
          'points': [line[3] for line in characters] == ['U+%04X' % ord(c) for c in text],
          'places': [int(line[0]) for line in lines] == list(range(len(lines))),
          'tokens': sorted({(int(line[4]), int(line[5])) for line in lines})}
)");
        QCOMPARE(read["head"].toString(), QStringLiteral("byte,hex,character,code_point,position,id"));
        QCOMPARE(read["text"].toString(), QString::fromUtf8(w.session.text()));
        QCOMPARE(read["characters"].toString(), QString::fromUtf8(w.session.text()));
        QVERIFY(read["points"].toBool());
        QVERIFY(read["places"].toBool());
        const QJsonArray tokens = read["tokens"].toArray();
        QCOMPARE(static_cast<std::size_t>(tokens.size()), text->encoding.tokens.size());
        for (qsizetype i = 0; i < tokens.size(); ++i) {
            QCOMPARE(tokens[i].toArray()[0].toInt(), i);
            QCOMPARE(static_cast<std::uint32_t>(tokens[i].toArray()[1].toInt()),
                     text->encoding.tokens[static_cast<std::size_t>(i)].id->value);
        }
    }

    void tokensComeBackAsTheText() {
        Computed w;
        QVERIFY(w.ready);
        const DataTable table = textTable(QStringLiteral("Tokens"), *w.model(), w.analyses.encoding(0));
        QVERIFY(!table.npy);
        QCOMPARE(table.name, QStringLiteral("tiny-gpt2 tokens"));
        const QJsonObject read = byPython(w.written(table, DataFormat::Csv), {},
                                          "answer = {'head': head, 'count': len(lines), 'first': lines[0],\n"
                                          "          'text': ''.join(line[3] for line in lines[:4]),\n"
                                          "          'ends': [int(line[5]) for line in lines]}");
        QCOMPARE(read["head"].toArray(),
                 (QJsonArray{"position", "id", "token", "text", "start", "end", "kind"}));
        QCOMPARE(read["count"].toInt(), static_cast<int>(w.analyses.encoding(0)->encoding.tokens.size()));
        QCOMPARE(read["first"].toArray(), (QJsonArray{"0", "437", "The", "The", "0", "3", "normal"}));
        QVERIFY(read["text"].toString().startsWith(QStringLiteral("The queen,")));
        QCOMPARE(read["ends"].toArray().last().toInt(), static_cast<int>(w.session.text().size()));
    }

    void unknownWordsHaveNoId() {
        Computed w;
        QVERIFY(w.ready && w.load(0, QStringLiteral("builtin:wiki-words")));
        w.session.setText("king Qwertzuiop");
        QVERIFY(w.settle());
        const DataTable table = textTable(QStringLiteral("Tokens"), *w.model(), w.analyses.encoding(0));
        const QJsonObject read =
            byPython(w.written(table, DataFormat::Csv), {}, "answer = {'last': lines[-1]}");
        QCOMPARE(read["last"].toArray(),
                 (QJsonArray{"1", "", "Qwertzuiop", "Qwertzuiop", "5", "15", "unknown"}));
    }

    void theMapIsOneLinePerToken() {
        Computed w;
        QVERIFY(w.ready);
        const DataTable table = mapTable(QStringLiteral("Map"), w.model(), w.analyses.projection(0));
        const QJsonObject read = byPython(
            w.written(table, DataFormat::Csv), w.written(table, DataFormat::Npy),
            "answer = {'head': head, 'shape': array().shape, 'same': same(floats(lines, 2), array()),\n"
            "          'x': float(array()[12960][0]), 'token': lines[12960][1]}");
        QCOMPARE(read["head"].toArray(), (QJsonArray{"id", "token", "pc1", "pc2"}));
        QCOMPARE(read["shape"].toArray(), (QJsonArray{16384, 2}));
        QVERIFY(read["same"].toBool());
        QCOMPARE(static_cast<float>(read["x"].toDouble()), w.analyses.projection(0)->coordinates[2 * 12960]);
        QCOMPARE(read["token"].toString(), QStringLiteral("Ġqueen"));
    }

    void rowsAreThoseOfTheMatrix() {
        Computed w;
        QVERIFY(w.ready);
        const EmbeddingTable& matrix = *w.model()->table;
        const DataTable all = rowsTable(QStringLiteral("All"), w.model(), 0, matrix.rows());
        const std::string npy = w.written(all, DataFormat::Npy);
        const QJsonObject read =
            byPython(w.written(all, DataFormat::Csv), npy,
                     "answer = {'head': head[:3] + head[-1:], 'shape': array().shape,\n"
                     "          'type': str(array().dtype), 'same': same(floats(lines, 2), array()),\n"
                     "          'ids': [int(line[0]) for line in lines] == list(range(16384))}");
        QCOMPARE(read["shape"].toArray(), (QJsonArray{16384, static_cast<int>(matrix.dimension())}));
        QCOMPARE(read["type"].toString(), QStringLiteral("float32"));
        QCOMPARE(read["head"].toArray(),
                 (QJsonArray{"id", "token", "d0", QStringLiteral("d%1").arg(matrix.dimension() - 1)}));
        QVERIFY(read["same"].toBool());
        QVERIFY(read["ids"].toBool());
        // And the numbers themselves, beside the table.
        std::vector<float> values(matrix.rows() * matrix.dimension());
        matrix.widen(Row{0}, matrix.rows(), values);
        const std::size_t bytes = values.size() * sizeof(float);
        QVERIFY(npy.size() > bytes);
        QVERIFY(std::memcmp(npy.data() + npy.size() - bytes, values.data(), bytes) == 0);
        QCOMPARE(all.name, QStringLiteral("tiny-gpt2 matrix"));
    }

    void someRowsAreTheSameRows() {
        Computed w;
        QVERIFY(w.ready);
        const DataTable some = rowsTable(QStringLiteral("Some"), w.model(), 9000, 9500);
        const QJsonObject read =
            byPython(w.written(some, DataFormat::Csv), w.written(some, DataFormat::Npy),
                     "answer = {'shape': array().shape, 'same': same(floats(lines, 2), array()),\n"
                     "          'ids': [lines[0][0], lines[-1][0]], 'value': float(array()[499][3])}");
        QCOMPARE(read["shape"].toArray()[0].toInt(), 500);
        QVERIFY(read["same"].toBool());
        QCOMPARE(read["ids"].toArray(), (QJsonArray{"9000", "9499"}));
        QCOMPARE(static_cast<float>(read["value"].toDouble()), w.model()->table->row(Row{9499})[3]);
        QCOMPARE(some.name, QStringLiteral("tiny-gpt2 rows 9000-9499"));
    }

    void oneRowHasItsDimensions() {
        Computed w;
        QVERIFY(w.ready);
        const DataTable table = rowTable(QStringLiteral("Row"), w.analyses.rowValues(0));
        const QJsonObject read =
            byPython(w.written(table, DataFormat::Csv), w.written(table, DataFormat::Npy),
                     "answer = {'shape': array().shape, 'same': same(floats(lines, 1).ravel(), array()),\n"
                     "          'head': head, 'dimension': lines[7][0]}");
        QCOMPARE(read["shape"].toArray(), QJsonArray{static_cast<int>(w.model()->table->dimension())});
        QVERIFY(read["same"].toBool());
        QCOMPARE(read["head"].toArray(), (QJsonArray{"dimension", "value"}));
        QCOMPARE(read["dimension"].toString(), QStringLiteral("7"));
    }

    void aLayerIsATensorToo() {
        Computed w;
        QVERIFY(w.ready);
        const DataTable table = layerTable(QStringLiteral("The table"), w.model());
        const std::string npy = w.written(table, DataFormat::Npy);
        const std::string tensor = w.written(table, DataFormat::Safetensors);
        const std::size_t bytes = w.model()->table->rows() * w.model()->table->dimension() * sizeof(float);
        QVERIFY(tensor.size() > bytes && npy.size() > bytes);
        QVERIFY(tensor.substr(8).starts_with("{\"weight\":{\"dtype\":\"F32\",\"shape\":[16384,128]"));
        QVERIFY(std::string_view(tensor).substr(tensor.size() - bytes) ==
                std::string_view(npy).substr(npy.size() - bytes));
    }

    void aStepIsThreeRows() {
        Computed w;
        const auto step = std::make_shared<const RowStep>(
            pullStep(std::vector<float>{1, 2}, std::vector<float>{0, 4}, 1, 0.5F, false));
        const DataTable table = gradientTable(QStringLiteral("Step"), step);
        const QJsonObject read =
            byPython(w.written(table, DataFormat::Csv), w.written(table, DataFormat::Npy),
                     "answer = {'head': head, 'same': same(floats(lines, 1), array().T),\n"
                     "          'rows': array().tolist()}");
        QCOMPARE(read["head"].toArray(), (QJsonArray{"dimension", "before", "gradient", "after"}));
        QVERIFY(read["same"].toBool());
        QCOMPARE(read["rows"].toArray(),
                 (QJsonArray{QJsonArray{1, 2}, QJsonArray{1, -2}, QJsonArray{0.5, 3}}));
    }

    void positionsAndTheirSimilarity() {
        test::Workspace w;
        PositionAnalysis positions(w.runner);
        PositionInputs inputs;
        inputs.sinusoidal = {1500, 7, 10000};
        positions.setInputs(inputs);
        positions.want(PositionKind::Sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(PositionKind::Sinusoidal, PositionAnalysis::Similarity, true);
        QVERIFY(w.settle());
        Computed c;
        const DataTable matrix =
            positionTable(QStringLiteral("Positions"), positions.matrix(PositionKind::Sinusoidal));
        QJsonObject read =
            byPython(c.written(matrix, DataFormat::Csv), c.written(matrix, DataFormat::Npy),
                     "p, d = numpy.arange(1500)[:, None], numpy.arange(7)[None, :]\n"
                     "angle = p / 10000.0 ** (d // 2 * 2 / 7)\n"
                     "wanted = numpy.where(d % 2 == 0, numpy.sin(angle), numpy.cos(angle))\n"
                     "answer = {'head': head, 'same': same(floats(lines, 1), array()),\n"
                     "          'off': float(abs(array() - wanted).max()), 'last': lines[-1][0]}");
        QCOMPARE(read["head"].toArray(), (QJsonArray{"position", "d0", "d1", "d2", "d3", "d4", "d5", "d6"}));
        QVERIFY(read["same"].toBool());
        QVERIFY(read["off"].toDouble(1) < 1e-6);
        QCOMPARE(read["last"].toString(), QStringLiteral("1499"));

        const DataTable alike =
            similarityTable(QStringLiteral("Alike"), positions.similarity(PositionKind::Sinusoidal));
        read = byPython(c.written(alike, DataFormat::Csv), c.written(alike, DataFormat::Npy),
                        "answer = {'head': head[:3], 'shape': array().shape, 'position': lines[1][0],\n"
                        "          'same': same(floats(lines, 1), array())}");
        // More than it compares: every second one.
        QCOMPARE(read["head"].toArray(), (QJsonArray{"position", "0", "2"}));
        QCOMPARE(read["shape"].toArray(), (QJsonArray{750, 750}));
        QCOMPARE(read["position"].toString(), QStringLiteral("2"));
        QVERIFY(read["same"].toBool());
    }

    void decayWavelengthsAndCurve() {
        test::Workspace w;
        PositionAnalysis positions(w.runner);
        PositionInputs inputs;
        inputs.rotary = {300, 8, 10000, RotaryLayout::Interleaved};
        inputs.rotary.scaling.kind = RotaryScalingKind::Linear;
        inputs.rotary.scaling.factor = 2;
        positions.setInputs(inputs);
        for (const PositionAnalysis::Part part : PositionAnalysis::parts) {
            positions.want(PositionKind::Rotary, part, true);
        }
        QVERIFY(w.settle());
        Computed c;
        const DataTable decay = decayTable(QStringLiteral("Decay"), positions.decay(PositionKind::Rotary));
        QVERIFY(!decay.npy);
        const DataTable waves =
            wavelengthTable(QStringLiteral("Waves"), positions.matrix(PositionKind::Rotary));
        const DataTable curve = curveTable(QStringLiteral("Curve"), positions.curve(PositionKind::Rotary));
        const DataTable matrix =
            positionTable(QStringLiteral("Positions"), positions.matrix(PositionKind::Rotary));
        QJsonObject read = byPython(
            c.written(decay, DataFormat::Csv), c.written(matrix, DataFormat::Npy),
            "turns = numpy.exp(1j * numpy.outer(numpy.arange(300), 10000.0 ** (-numpy.arange(4) / 4) / 2))\n"
            "bound = abs(turns.cumsum(axis=1)).mean(axis=1)\n"
            "table = numpy.array(lines, dtype=float)\n"
            "answer = {'head': head, 'score': float(abs(table[:, 1] - turns.real.mean(axis=1)).max()),\n"
            "          'bound': float(abs(table[:, 2] - bound).max()),\n"
            "          'matrix': float(abs(array()[:, 0::2] - turns.real).max())}");
        QCOMPARE(read["head"].toArray(), (QJsonArray{"distance", "score", "bound"}));
        QVERIFY(read["score"].toDouble(1) < 1e-9 && read["bound"].toDouble(1) < 1e-9);
        QVERIFY(read["matrix"].toDouble(1) < 1e-6);
        read = byPython(c.written(waves, DataFormat::Csv), c.written(matrix, DataFormat::Npy),
                        "answer = {'head': head, 'first': float(lines[0][1]), 'count': len(lines)}");
        QCOMPARE(read["head"].toArray(), (QJsonArray{"pair", "positions"}));
        QVERIFY(std::abs(read["first"].toDouble() - 12.566370614359172) < 1e-9);
        QCOMPARE(read["count"].toInt(), 4);
        // Up to their signs the coordinates are those of a singular value decomposition.
        read = byPython(c.written(curve, DataFormat::Csv), c.written(matrix, DataFormat::Npy),
                        "centred = array().astype(float) - array().mean(axis=0, dtype=float)\n"
                        "u, s, v = numpy.linalg.svd(centred, full_matrices=False)\n"
                        "table = numpy.array(lines, dtype=float)[:, 1:]\n"
                        "answer = {'head': head, 'off': float(abs(abs(table) - abs(u * s)[:, :2]).max())}");
        QCOMPARE(read["head"].toArray(), (QJsonArray{"position", "pc1", "pc2"}));
        QVERIFY2(read["off"].toDouble(1) < 1e-4, qPrintable(QString::number(read["off"].toDouble())));
    }

    void thePairIsOneLinePerWord() {
        Computed w;
        QVERIFY(w.ready && w.load(1, QStringLiteral("builtin:wiki-words")));
        w.analyses.pair().want(&w.session, true);
        QVERIFY(w.settle());
        const std::shared_ptr<const PairResult> pair = w.analyses.pair().result();
        const DataTable table = pairTable(QStringLiteral("Pair"), pair);
        QCOMPARE(table.name, QStringLiteral("tiny-gpt2 and wiki-words words"));
        const QJsonObject read = byPython(w.written(table, DataFormat::Csv), {},
                                          "queen = next(line for line in lines if line[0] == 'queen')\n"
                                          "answer = {'head': head, 'count': len(lines), 'queen': queen,\n"
                                          "          'common': sum(int(line[3]) for line in lines)}");
        QCOMPARE(read["head"].toArray(),
                 (QJsonArray{"word", "id_a", "id_b", "common_of_10", "common_of_100"}));
        QCOMPARE(read["count"].toInt(), static_cast<int>(pair->numbers->words.size()));
        QCOMPARE(read["queen"].toArray()[1].toString(), QStringLiteral("12960"));
        const auto id = static_cast<std::uint32_t>(read["queen"].toArray()[2].toString().toULong());
        QCOMPARE(w.session.slot(1).model->vocabulary->spelling(Row{id}), std::string_view("queen"));
        const double mean = read["common"].toInt() / (10.0 * read["count"].toInt());
        QVERIFY(std::abs(mean - pair->numbers->overlap[1]) < 1e-9);
    }

    void aStopEndsTheWriting_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("map as CSV") << 0;
        QTest::newRow("rows as CSV") << 1;
        QTest::newRow("rows as an array") << 2;
    }
    void aStopEndsTheWriting() {
        QFETCH(const int, kind);
        Computed w;
        QVERIFY(w.ready);
        const DataTable table = kind == 0 ? mapTable({}, w.model(), w.analyses.projection(0))
                                          : rowsTable({}, w.model(), 0, 16384);
        test::StoppingProgress progress(kind == 0 ? 1 : 0);
        const Result<Done> done = table.writer(kind == 2 ? DataFormat::Npy : DataFormat::Csv)(
            [](std::string_view) { return Result<Done>(Done{}); }, w.pool, progress);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
    }

    void aFullDiskEndsTheWriting() {
        Computed w;
        QVERIFY(w.ready);
        const Error full{ErrorCode::Unreadable, "disk", "is full", {}};
        NoProgress progress;
        const auto refuse = [&full](std::string_view) { return Result<Done>(full); };
        for (const DataTable& table :
             {mapTable({}, w.model(), w.analyses.projection(0)), rowsTable({}, w.model(), 0, 16384),
              neighborTable({}, w.analyses.neighbors(0)), rowTable({}, w.analyses.rowValues(0))}) {
            const Result<Done> done = table.csv(refuse, w.pool, progress);
            QVERIFY(!done.ok());
            QVERIFY(done.error() == full);
        }
    }
};

QTEST_GUILESS_MAIN(DataTableTest)
#include "data_table_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/model_files.h"

#include <string>
#include <string_view>
#include <vector>

#include <QFloat16>  // QCOMPARE of JSON asks whether it is one
#include <QProcess>
#include <QStringList>
#include <nlohmann/json.hpp>

namespace lexiscope::test {

/// What one run of the program left behind.
struct Outcome {
    int status = -1;  ///< -1: it crashed or never ended
    std::string output;
    std::string errors;

    /// The output as one JSON document; discarded() where it is none.
    nlohmann::json json() const { return nlohmann::json::parse(output, nullptr, false); }
};

/// Runs `lexiscope ARGUMENTS…` as a shell without a display would, with `input` on standard input; what it
/// prints goes to `outputFile` if one is named.
inline Outcome runProgram(const QStringList& arguments, std::string_view input = {},
                          const QString& outputFile = {}) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QString::fromLatin1(name));
    }
    process.setProcessEnvironment(environment);
    if (!outputFile.isEmpty()) {
        process.setStandardOutputFile(outputFile);
    }
    process.start(QStringLiteral(LEXISCOPE_PROGRAM), arguments);
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    Outcome outcome;
    if (!process.waitForFinished(120000)) {
        process.kill();
        process.waitForFinished();
        outcome.errors = "lexiscope did not end: " + process.errorString().toStdString();
        return outcome;
    }
    outcome.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.output = process.readAllStandardOutput().toStdString();
    outcome.errors = process.readAllStandardError().toStdString();
    return outcome;
}

/// The bytes of a word2vec binary file, on a little-endian machine.
inline std::string word2vecBytes(const std::vector<WordRow>& rows) {
    return word2Vec(rows);
}

}  // namespace lexiscope::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTest>

namespace lexiscope::test {

/// What the program wrote to standard output; a null array, and why on the test's log, if it failed.
inline QByteArray outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0) {
        qWarning("%s: %s %s", qPrintable(program), qPrintable(process.errorString()),
                 process.readAllStandardError().constData());
        return {};
    }
    const QByteArray output = process.readAllStandardOutput();
    return output.isNull() ? QByteArray("") : output;
}

/// Debian's, whose packages tests/packages.txt lists.
inline const QString python = QStringLiteral("/usr/bin/python3");

inline bool pythonHas(const char* module) {
    return QProcess::execute(
               python, {QStringLiteral("-c"),
                        QStringLiteral("import sys, importlib.util as u; sys.exit(not u.find_spec('%1'))")
                            .arg(QLatin1String(module))}) == 0;
}

}  // namespace lexiscope::test

/// Leaves the test function as skipped where Python or that module of it is missing.
#define LEXISCOPE_NEEDS_PYTHON(module)                                                \
    do {                                                                              \
        if (!lexiscope::test::pythonHas(module)) {                                    \
            QSKIP("no " module " in /usr/bin/python3 (Debian's python3-" module ")"); \
        }                                                                             \
    } while (false)

using Autopay.Application.Ports.Files;
using Autopay.Hosting;
using Autopay.Imports;

namespace Autopay.Rehearsal.Steps.Files;

/// <summary>What an import did, on one line and one for each finding.</summary>
internal static class ImportText
{
    // As wide as a step's time and name.
    private static readonly string Indent = new(' ', 28);

    /// <summary>
    /// How many rows, how much money, and what was not applied: counts that finance can hold against the sender's.
    /// </summary>
    public static string Of(ImportRecord import)
    {
        var sum = import.Kind.FileFormat.HasAmount ? $", {ReportText.Dollars(import.Total.Cents)}" : "";
        var known = import.Known == 0 ? "" : $"; {import.Known} changed nothing";
        var unknown = import.UnknownAccounts == 0 ? "" : $"; {import.UnknownAccounts} of an unknown account";
        var waiting = import.Waiting == 0 ? "" : $"; {import.Waiting} {(import.Waiting == 1 ? "waits" : "wait")}";
        var aside = import.SetAside == 0 ? "" : $"; {import.SetAside} set aside";
        var missing =
            import.Missing == 0
                ? ""
                : $"; {import.Missing} known {(import.Missing == 1 ? "account is" : "accounts are")} missing";
        var conflicts = import.Conflicts == 0 ? "" : $"; {import.Conflicts} in conflict";
        var alike =
            import.LookAlikes == 0
                ? ""
                : $"; {import.LookAlikes} {(import.LookAlikes == 1 ? "looks" : "look")} like a known bill";
        var again =
            import.OpenedAgain == 0
                ? ""
                : $"; {import.OpenedAgain} {(import.OpenedAgain == 1 ? "bill" : "bills")} opened again after the "
                    + $"due date, {ReportText.Dollars(import.OpenedAgainTotal.Cents)}: blocked";
        var findings = string.Concat(
            import.Findings.Select(finding =>
                $"{Environment.NewLine}{Indent}{PlaceOf(finding)}, account {finding.Account}, "
                + $"{finding.Id}: {finding.Message}"
            )
        );
        return $"{import.FileName}: {import.Rows} {(import.Rows == 1 ? "row" : "rows")}{sum}{known}{unknown}"
            + $"{waiting}{aside}{missing}{conflicts}{alike}{again}{findings}";
    }

    // What no row says is of the file as a whole.
    private static string PlaceOf(ImportFinding finding) => finding.Line == 0 ? "the file" : $"line {finding.Line}";
}

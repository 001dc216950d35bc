using System.Globalization;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Rehearsal.Input;

namespace Autopay.Rehearsal;

/// <summary>What a step of the timeline did, on one line.</summary>
internal static class StepText
{
    public static string Of(TimelineStep step) => $"{What(step)}{(step.Reason is null ? "" : $": {step.Reason}")}";

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
        var again =
            import.OpenedAgain == 0
                ? ""
                : $"; {import.OpenedAgain} {(import.OpenedAgain == 1 ? "bill" : "bills")} opened again after the "
                    + $"due date, {ReportText.Dollars(import.OpenedAgainTotal.Cents)}: blocked";
        var findings = string.Concat(
            import.Findings.Select(finding =>
                $"{Environment.NewLine}{Indent}line {finding.Line}, account {finding.Account}, {finding.Id}: "
                + $"{finding.Message}"
            )
        );
        return $"{import.FileName}: {import.Rows} {(import.Rows == 1 ? "row" : "rows")}{sum}{known}{unknown}"
            + $"{waiting}{aside}{missing}{conflicts}{again}{findings}";
    }

    // As wide as a step's time and name.
    private static string Indent => new(' ', 28);

    private static string What(TimelineStep step) =>
        step.Do switch
        {
            "defer" => $"{step.Action} '{step.Id}', {Cycles(step)}, due {Window(step.DueFrom, step.DueTo)}",
            "withdraw" => $"deferral '{step.Id}'",
            "clear" => $"{Cycles(step)}{Watermarks(step)}",
            "reopen" => Cycles(step),
            "waive" => $"no penalty for bills due {Window(step.DueFrom, step.DueTo)} with a penalty date "
                + $"{Window(step.PenaltyFrom, step.PenaltyTo)}",
            "shield" => $"no disconnection on {string.Join(", ", step.Dates!.Select(Day))}",
            "autopay" => $"account {step.Account}, {step.To}",
            "suspend" when step.To == "off" => $"account {step.Account}, lifted",
            "halt" => "nothing is charged",
            "resume" => "charging goes on",
            "exempt" => $"account {step.Account}, bill {step.Bill}, deferral '{step.Deferral}'"
                + $"{(step.To == "off" ? ", taken back" : "")}",
            "rearm" when step.Import is not null => $"every bill that import {step.Import} opened again",
            _ => $"account {step.Account}{(step.Bill is null ? "" : $", bill {step.Bill}")}",
        };

    private static string Cycles(TimelineStep step) =>
        $"{(step.Cycles!.Count == 1 ? "cycle" : "cycles")} {string.Join(", ", step.Cycles)}";

    private static string Watermarks(TimelineStep step) =>
        step.ReceivedThrough is not { Count: > 0 } channels
            ? ""
            : ", received through " + string.Join(" and ", channels.GroupBy(channel => channel.Value).Select(Of));

    private static string Of(IGrouping<DateOnly, KeyValuePair<string, DateOnly>> day) =>
        $"{Day(day.Key)} ({string.Join(", ", day.Select(channel => channel.Key))})";

    private static string Window(DateOnly? from, DateOnly? to) => $"{Day(from!.Value)} to {Day(to!.Value)}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using Autopay.Application.Work;
using Autopay.Hosting.Identity;

namespace Autopay.Pages.Work;

/// <summary>What a form of an act carries.</summary>
/// <param name="Type">As the script sends it.</param>
/// <param name="Value">Null: a person types it in.</param>
public sealed record WorkField(string Name, string Type, string? Value);

/// <summary>One way off the work list: a request that a form sends, or a page of its own.</summary>
/// <param name="Function">Answers the request; the words of the act have its name.</param>
/// <param name="Page">Where the act has a page of its own; null: it is a form beside the item.</param>
public sealed record WorkAct(string Function, string Method, string Path, IReadOnlyList<WorkField> Fields, string? Page)
{
    /// <summary>The acts of an item, those with the same page once.</summary>
    /// <param name="controls">They say what a request for a second person is about.</param>
    public static IReadOnlyList<WorkAct> Of(WorkEntry entry, Controls controls) =>
        [.. entry.Actions.Select(action => Of(action, controls)).DistinctBy(act => act.Page ?? act.Path)];

    /// <summary>Its route keeps acts by their ids.</summary>
    public bool HasOperation => Path.StartsWith("/api/approvals/", StringComparison.Ordinal);

    /// <summary>Whether there is anything that this person may do about items of a kind.</summary>
    public static bool IsFor(WorkKind kind, Frame frame) =>
        KindOfWork
            .Of(kind)
            .Requests(SampleOf(kind, frame.Today), new Controls())
            .Any(it =>
                it.Method != "GET" && RouteTable.FunctionOf(it.Method, it.Path) is { } name && frame.Allows(name)
            );

    // It has all that an item can have, so that no way off the list is left out.
    private static WorkItem SampleOf(WorkKind kind, DateOnly today)
    {
        var account = new AccountId("A-1");
        return new WorkItem(kind, "sample", new Money(100), "", today)
        {
            Account = account,
            Bill = new BillId("B-1"),
            Debit = DebitId.TryParse("A-1-1-0001", out var debit) ? debit : null,
            Payment = new PaymentId("P-1"),
            Deferral = new DeferralId("D-1"),
            Import = "bills-1",
            Cycles = [new CycleNumber(1)],
            Lacking = new Money(100),
            IsSuspended = true,
        };
    }

    private static WorkAct Of(WorkAction action, Controls controls)
    {
        var function =
            RouteTable.FunctionOf(action.Method, action.Path)
            ?? throw new InvalidOperationException($"No function answers {action.Method} {action.Path}.");
        var parts = action.Path.Split('?')[0].Split('/')[2..];
        return new WorkAct(function, action.Method, action.Path, FieldsOf(action), PageOf(parts, controls));
    }

    private static IReadOnlyList<WorkField> FieldsOf(WorkAction action)
    {
        if (action.Body is not { } body)
        {
            return [];
        }

        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateObject().Where(it => it.Name != "reason").Select(FieldOf)];
    }

    private static WorkField FieldOf(JsonProperty field) =>
        field.Value.ValueKind switch
        {
            JsonValueKind.Number => new WorkField(field.Name, "int", field.Value.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => new WorkField(field.Name, "bool", field.Value.GetRawText()),
            JsonValueKind.Object => new WorkField(field.Name, "text", ""),
            _ => field.Value.GetString() switch
            {
                "ACCOUNT" => new WorkField(field.Name, "text", null),
                "DAY" => new WorkField(field.Name, "date", null),
                var text => new WorkField(field.Name, "text", text),
            },
        };

    private static string? PageOf(string[] parts, Controls controls) =>
        parts switch
        {
            ["accounts", var account] => $"/console/accounts/{account}",
            ["imports", var import] => $"/console/imports/{import}",
            ["cycles", var cycle, "certificate", ..] => $"/console/cycles/{cycle}/certificate",
            ["cycles", var cycle, "backlog"] => $"/console/cycles/{cycle}/certificate",
            ["cycles", var cycle, "release-plan"] => $"/console/releases?cycle={cycle}",
            ["deferrals", var deferral] => $"/console/deferrals/{deferral}",
            ["approvals", var approval, ..] => controls.Approvals.FirstOrDefault(it => it.Id == approval)?.Act switch
            {
                CycleReleased release => $"/console/releases/{release.Terms.Id}",
                ChargingResumed => "/console/halt",
                PublicNoticeRecorded => "/console/protections",
                ImportAgreed import => $"/console/imports/{import.Import}",
                BacklogClearing { Cycles: [var cycle, ..] } => $"/console/cycles/{cycle}/certificate",
                _ => null,
            },
            _ => null,
        };
}

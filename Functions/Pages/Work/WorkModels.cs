using System.Text.Json;
using Autopay.Application.Work;
using Microsoft.AspNetCore.WebUtilities;

namespace Autopay.Pages.Work;

/// <param name="Next">Asks for the next page; null on the last one.</param>
/// <param name="IsMine">Only what this person can do something about.</param>
/// <param name="Engineers">How many things wait for engineers.</param>
public sealed record WorkListModel(WorkPage Page, WorkFilter Filter, bool IsMine, string? Next, int Engineers)
{
    /// <summary>They say what a request for a second person is about.</summary>
    public required Controls Controls { get; init; }

    /// <summary>What was just done something about, and waits no longer; null when nothing was.</summary>
    public GoneItem? Gone { get; init; }
}

/// <summary>An item by what names it; it may have left the list.</summary>
public sealed record GoneItem(WorkKind Kind, string Id, string? Account)
{
    /// <returns>Null of a text that names none.</returns>
    public static GoneItem? Parse(string text) =>
        text.Split('/') is [var kind, var id, var account] && WorkLinks.KindOf(kind) is { } known
            ? new GoneItem(known, id, account.Length == 0 ? null : account)
            : null;

    public bool Is(WorkEntry entry) =>
        entry.Kind == Kind && entry.Id == Id && (Account is null || entry.Account?.Value == Account);
}

/// <param name="Entry">Null: it does not wait any more.</param>
public sealed record WorkItemModel(GoneItem Asked, WorkEntry? Entry, IReadOnlyList<WorkAct> Acts);

/// <summary>Addresses of the work list's pages, every part escaped.</summary>
public static class WorkLinks
{
    /// <summary>A kind as queries and addresses name it.</summary>
    public static string NameOf(WorkKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static WorkKind? KindOf(string name) =>
        Enum.GetValues<WorkKind>().Select(kind => (WorkKind?)kind).FirstOrDefault(kind => NameOf(kind!.Value) == name);

    public static string Of(WorkEntry entry, string? act = null) =>
        $"/console/work-item/{NameOf(entry.Kind)}/{Uri.EscapeDataString(entry.Id)}"
        + (entry.Account is { } account ? $"?account={Uri.EscapeDataString(account.Value)}" : "")
        + (act is null ? "" : $"#{act}");

    /// <summary>The list after something was done about an item: it says so if the item is gone.</summary>
    public static string After(GoneItem item) =>
        QueryHelpers.AddQueryString(
            WorkKinds.AudienceOf(item.Kind) == WorkAudience.Finance ? "/console/work" : "/console/health",
            "gone",
            $"{NameOf(item.Kind)}/{item.Id}/{item.Account}"
        );
}

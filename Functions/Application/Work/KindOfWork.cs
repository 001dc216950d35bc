using System.Reflection;
using Autopay.Application.Stuck;

namespace Autopay.Application.Work;

/// <summary>
/// A kind of what waits for a person: all of it but the place that finds it. One more is a row of <see
/// cref="FinanceKinds"/> or <see cref="EngineerKinds"/>; the tables of docs/operating.md are written from there.
/// </summary>
/// <param name="Kind">On the work list.</param>
/// <param name="Stuck">Its name on the stuck list; empty when it is not there.</param>
/// <param name="Meaning">For the tables of the runbook, as what it is.</param>
/// <param name="WhatToDo">For the same tables.</param>
/// <param name="Runbook">Anchor in docs/operating.md.</param>
public sealed record KindOfWork(WorkKind Kind, string Stuck, string Meaning, string WhatToDo, string Runbook)
{
    private static readonly Lazy<IReadOnlyList<KindOfWork>> Rows = new(() =>
        [.. RowsOf(typeof(FinanceKinds)), .. RowsOf(typeof(EngineerKinds))]
    );

    /// <summary>Finance's first, each list in the order of its file.</summary>
    public static IReadOnlyList<KindOfWork> All => Rows.Value;

    /// <summary>The requests that take an item off the list, the likeliest first.</summary>
    /// <remarks>By the controls of now: they say which merges a bill can be taken out of.</remarks>
    public required Func<WorkItem, Controls, IEnumerable<WorkAction>> Requests { get; init; }

    /// <summary>What a person can do about it, in the words of the stuck list.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>A sentence with the route, where neither replay nor discard helps.</summary>
    public Func<StuckEntry, string>? Advice { get; init; }

    /// <exception cref="InvalidOperationException">The kind has no row.</exception>
    public static KindOfWork Of(WorkKind kind) =>
        All.FirstOrDefault(row => row.Kind == kind)
        ?? throw new InvalidOperationException($"Nothing is known that can be done about '{kind}'.");

    /// <summary>Null of a kind without a row: it is a finding, and can only be discarded.</summary>
    public static KindOfWork? OfStuck(string stuck) =>
        All.FirstOrDefault(row => row.Stuck.Length > 0 && row.Stuck == stuck);

    private static IEnumerable<KindOfWork> RowsOf(Type table) =>
        table
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(row => row.MetadataToken)
            .Select(row => (KindOfWork)row.GetValue(null)!);
}

using System.Text;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Work;
using Autopay.Tests.Repository.Infra;
using Autopay.Triggers.Work;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>What waits for people is one table in the code; the runbook's tables are written from it.</summary>
public sealed class WorkKindsDocumentTests
{
    [Fact]
    public void The_runbook_has_every_kind_of_the_stuck_list() =>
        WrittenFile.HasPart("docs/operating.md", "stuck kinds", StuckTable(), GetType());

    [Fact]
    public void The_runbook_has_every_kind_of_finances_list() =>
        WrittenFile.HasPart("docs/operating.md", "work kinds", FinanceTable(), GetType());

    [Fact]
    public void Every_kind_has_a_row_in_the_table_of_those_whose_list_it_is()
    {
        var finance = KindOfWork.All.TakeWhile(row => row != EngineerKinds.Unknown).Select(row => row.Kind).ToList();
        var engineers = KindOfWork.All.Skip(finance.Count).Select(row => row.Kind).Distinct().ToList();

        Assert.Equal(WorkKinds.Of(WorkAudience.Finance), finance);
        Assert.Equal(WorkKinds.Of(WorkAudience.Engineers), engineers);
    }

    [Fact]
    public void A_name_on_the_stuck_list_means_one_kind()
    {
        var names = KindOfWork.All.Select(row => row.Stuck).Where(name => name.Length > 0).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(
            KindOfWork.All.Where(row => WorkKinds.AudienceOf(row.Kind) == WorkAudience.Engineers),
            row => Assert.NotEqual("", row.Stuck)
        );
    }

    [Fact]
    public void Every_runbook_of_a_kind_is_there() =>
        Assert.All(KindOfWork.All, row => Assert.Contains(row.Runbook, Runbooks.Anchors));

    [Theory]
    [InlineData(ProviderEventState.Parked)]
    [InlineData(ProviderEventState.Foreign)]
    public void An_event_is_listed_under_a_kind_of_the_table(ProviderEventState state) =>
        Assert.NotNull(KindOfWork.OfStuck($"event {state}".ToLowerInvariant()));

    private static string StuckTable()
    {
        var table = new StringBuilder(
            "| kind | on the work list | what it is | what to do | runbook |\n|---|---|---|---|---|\n"
        );
        foreach (var row in KindOfWork.All.Where(row => row.Stuck.Length > 0))
        {
            table
                .Append("| ")
                .AppendJoin(
                    " | ",
                    $"`{row.Stuck}`",
                    $"`{WorkQuery.NameOf(row.Kind)}`",
                    row.Meaning,
                    row.WhatToDo,
                    LinkTo(row)
                )
                .Append(" |\n");
        }

        return table.ToString();
    }

    private static string FinanceTable()
    {
        var table = new StringBuilder("| kind | what it is | what to do |\n|---|---|---|\n");
        foreach (var row in KindOfWork.All.Where(row => WorkKinds.AudienceOf(row.Kind) == WorkAudience.Finance))
        {
            table
                .Append("| ")
                .AppendJoin(" | ", $"`{WorkQuery.NameOf(row.Kind)}`", row.Meaning, row.WhatToDo)
                .Append(" |\n");
        }

        return table.ToString();
    }

    private static string LinkTo(KindOfWork row) => $"[{Runbooks.TitleOf(row.Runbook)}](#{row.Runbook})";
}

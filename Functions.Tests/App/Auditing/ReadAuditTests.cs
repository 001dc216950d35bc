using System.Globalization;
using Autopay.Application.Auditing;
using Autopay.Domain.Audit;

namespace Autopay.Tests.App.Auditing;

/// <summary>Which acts a person is shown, and whether the record stands.</summary>
public sealed class ReadAuditTests
{
    private static readonly AuditFilter All = new(null, null, null, null);

    // 23:30 in the city is the next day in UTC.
    private readonly ScratchTrail trail = new ScratchTrail()
        .With("ann", "chargingHalted", "2020-01-20T18:00Z")
        .With("bob", "chargingResumed", "2020-01-22T05:30Z")
        .With("ann", "deferralDeclared", "2020-01-22T15:00Z")
        .With("ann", "chargingHalted", "2020-01-23T15:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, null, null, "1 2 3 4")]
    [InlineData(null, null, "ann", null, "1 3 4")]
    [InlineData(null, null, "Ann", null, "")]
    [InlineData(null, null, null, "chargingHalted", "1 4")]
    [InlineData(null, null, "bob", "chargingHalted", "")]
    [InlineData("2020-01-21", null, null, null, "2 3 4")]
    [InlineData("2020-01-22", null, null, null, "3 4")]
    [InlineData(null, "2020-01-21", null, null, "1 2")]
    [InlineData("2020-01-21", "2020-01-22", "ann", null, "3")]
    public async Task A_filter_leaves_in_what_fits_all_of_it(
        string? from,
        string? to,
        string? who,
        string? what,
        string numbers
    )
    {
        var page = await Read().RunAsync(new AuditFilter(Day(from), Day(to), who, what), 0, null, Cancel);

        Assert.Equal(numbers, Numbers(page));
        Assert.Equal((page.Acts.Count, null), (page.Total, page.Next));
    }

    [Theory]
    [InlineData(false, 0, "1 2", 2L)]
    [InlineData(false, 2, "3 4", null)]
    [InlineData(true, 0, "4 3", 3L)]
    [InlineData(true, 3, "2 1", null)]
    [InlineData(true, 4, "3 2", 2L)]
    public async Task Pages_follow_each_other_from_either_end(bool newest, long after, string numbers, long? next)
    {
        var page = await Read().RunAsync(All, after, 2, newest, Cancel);

        Assert.Equal((numbers, 4, next), (Numbers(page), page.Total, page.Next));
    }

    [Fact]
    public async Task A_row_that_nobody_can_read_is_shown_as_it_is()
    {
        trail.With("eve", "no JSON", "2020-01-24T15:00Z", isJson: false);

        var act = (await Read().RunAsync(All, 4, null, Cancel)).Acts.Single();

        Assert.Equal(("unreadable", "no JSON", 5), (act.What, act.Change.GetString(), act.Number));
    }

    [Fact]
    public async Task The_record_stands_and_what_is_written_meanwhile_is_not_counted()
    {
        await new AnchorAudit(trail, trail.Clock).RunAsync(Cancel);
        var head = trail.Head;
        trail.With("bob", "chargingResumed", "2020-01-24T15:00Z");
        trail.Head = head;

        var report = await VerifyAsync();

        Assert.Equal((4, head.Hash, 1, null), (report.Rows, report.Head, report.AnchorsMet, report.Broken));
        Assert.True(report.IsWhole);
        Assert.False((report with { Seals = [new SealBreak("plan R-1", "altered")] }).IsWhole);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    public async Task A_row_that_was_altered_is_named(int altered, long broken)
    {
        trail.Rows[altered - 1] = trail.Rows[altered - 1] with { What = """{"type":"other"}""" };

        var report = await VerifyAsync();

        Assert.Equal((broken, false), (report.Broken?.Number, report.IsWhole));
    }

    [Fact]
    public async Task Rows_that_are_missing_at_the_end_are_seen_by_the_last_one_that_the_controls_name()
    {
        trail.Rows.RemoveAt(3);

        Assert.Equal(4, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task An_anchor_of_books_that_a_restore_has_replaced_is_no_break()
    {
        trail.Anchors.Add(new AuditAnchor(new DateOnly(2020, 1, 24), 9, "lost", At("2020-01-24T23:00Z")));
        Assert.Equal(9, (await VerifyAsync()).Broken?.Number);

        trail.With("ann", AuditedAct.Restore, "2020-01-25T15:00Z");
        trail.Restores.Add(new RestoreAnchor(5, trail.Head.Hash, At("2020-01-25T15:00Z")));
        var restored = await VerifyAsync();

        Assert.Equal((1, true), (restored.AnchorsReplaced, restored.IsWhole));
    }

    [Fact]
    public async Task A_city_that_has_decided_nothing_anchors_nothing()
    {
        var empty = new ScratchTrail();

        Assert.Null(await new AnchorAudit(empty, empty.Clock).RunAsync(Cancel));
        Assert.Empty(empty.Anchors);
        var anchor = await new AnchorAudit(trail, trail.Clock).RunAsync(Cancel);

        Assert.Equal((4, trail.Head.Hash, new DateOnly(2020, 1, 24)), (anchor!.Number, anchor.Hash, anchor.Day));
        Assert.Equal([anchor], trail.Anchors);
    }

    private ReadAudit Read() => new(trail, trail.Clock);

    private Task<AuditReport> VerifyAsync() => new VerifyAudit(trail, trail.Clock).RunAsync(Cancel);

    private static string Numbers(AuditPage page) => string.Join(' ', page.Acts.Select(act => act.Number));

    private static DateTimeOffset At(string text) => ScratchTrail.At(text);

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture);
}

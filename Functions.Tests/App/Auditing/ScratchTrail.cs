using System.Globalization;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Domain.Audit;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Auditing;

/// <summary>A chain of acts in memory, and what is kept of it elsewhere.</summary>
internal sealed class ScratchTrail : IAuditTrail
{
    private readonly FakeTimeProvider time = new(At("2020-01-24T18:00Z"));

    public CityClock Clock => new(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")));

    public List<AuditRow> Rows { get; } = [];

    public List<AuditAnchor> Anchors { get; } = [];

    public List<RestoreAnchor> Restores { get; } = [];

    public (long Number, string Hash) Head { get; set; } = (0, AuditChain.Genesis);

    public static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-ddTHH:mmK", CultureInfo.InvariantCulture);

    /// <summary>One more act, written behind the last one.</summary>
    public ScratchTrail With(string by, string kind, string at, bool isJson = true)
    {
        var (authority, what) = (new Authority(by, "test", At(at)), isJson ? $$"""{"type":"{{kind}}"}""" : kind);
        var number = Rows.Count + 1;
        Rows.Add(new AuditRow(number, authority, what, AuditChain.HashOf(Head.Hash, number, authority, what)));
        Head = (number, Rows[^1].Hash);
        return this;
    }

    public IAsyncEnumerable<AuditRow> ReadAsync(CancellationToken cancel) => Rows.ToList().ToAsyncEnumerable();

    public Task<(long Number, string Hash)> ReadHeadAsync(CancellationToken cancel) => Task.FromResult(Head);

    public Task AnchorAsync(AuditAnchor anchor, CancellationToken cancel)
    {
        Anchors.Add(anchor);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<AuditAnchor> ReadAnchorsAsync(CancellationToken cancel) =>
        Anchors.ToList().ToAsyncEnumerable();

    public IAsyncEnumerable<RestoreAnchor> ReadRestoresAsync(CancellationToken cancel) =>
        Restores.ToList().ToAsyncEnumerable();
}

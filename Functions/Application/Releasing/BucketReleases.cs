using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>
/// What approved releases let go in one bucket, while it is walked: which debits may be sent now, and what became of
/// them.
/// </summary>
public sealed class BucketReleases(IReadOnlyList<BucketRelease> releases)
{
    public static BucketReleases None { get; } = new([]);

    public IReadOnlyList<BucketRelease> All => releases;

    public IReadOnlyDictionary<DebitId, ReleaseGrant> GrantsOf(AccountId account) =>
        releases
            .SelectMany(release => release.GrantsOf(account))
            .GroupBy(grant => grant.Key)
            .ToDictionary(grants => grants.Key, grants => grants.Last().Value);

    /// <summary>Accounts that something of a release asks for, and that the walk has not met.</summary>
    public IReadOnlyCollection<AccountId> NotSeen() => [.. releases.SelectMany(it => it.NotSeen()).Distinct()];

    /// <summary>When a wave opens that has debits here; null when none does by itself.</summary>
    public DateTimeOffset? NextOpening => releases.Min(release => release.NextOpening);

    public void Note(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            foreach (var release in releases)
            {
                release.Note(entry.Ledger);
            }
        }
    }
}

/// <summary>A bucket's lines of one release while it is walked.</summary>
/// <param name="waves">The last wave that may go now, and when the next one opens.</param>
/// <param name="isStale">The debits that may go were not looked at for a while: a webhook may have moved them.</param>
/// <param name="today">The civil day of the walk.</param>
public sealed class BucketRelease(
    Release release,
    BucketLines stored,
    (int Open, DateTimeOffset? Next) waves,
    bool isStale,
    DateOnly today
)
{
    private readonly PlanLine[] lines = [.. stored.Lines];
    private readonly ILookup<AccountId, int> places = Enumerable
        .Range(0, stored.Lines.Count)
        .ToLookup(place => stored.Lines[place].Debit.Account);
    private readonly HashSet<AccountId> seen = [];
    private bool hasMoved;

    public Release Release => release;

    /// <summary>Debits that were found to be another than approved during this walk.</summary>
    public bool FoundDrift { get; private set; }

    public bool HasChanged { get; private set; }

    /// <summary>Nobody was told of it yet, and more is to come before the walk is over.</summary>
    public bool HasNews => hasMoved && lines.Any(line => line.Wave is not null && !seen.Contains(line.Debit.Account));

    public IEnumerable<KeyValuePair<DebitId, ReleaseGrant>> GrantsOf(AccountId account) =>
        places[account]
            .Select(place => lines[place])
            .Where(MayGo)
            .Select(line => KeyValuePair.Create(line.Debit, line.GrantUnder(release.Id, today)));

    public IEnumerable<AccountId> NotSeen() =>
        lines
            .Where(line =>
                (MayGo(line) || (isStale && line.State == LineState.Granted)) && !seen.Contains(line.Debit.Account)
            )
            .Select(line => line.Debit.Account);

    public void Note(AccountLedger ledger)
    {
        seen.Add(ledger.Id);
        foreach (var place in places[ledger.Id].Where(place => lines[place].Wave is not null))
        {
            var line = lines[place];
            lines[place] = ReleasePlanner.Follow(line, ledger, release.Id);
            hasMoved |= lines[place] != line;
            HasChanged |= lines[place] != line;
            FoundDrift |= lines[place].State == LineState.Stopped && line.State != LineState.Stopped;
        }
    }

    public DateTimeOffset? NextOpening =>
        lines.Any(line => line.State == LineState.Planned && line.Wave > waves.Open) ? waves.Next : null;

    public BucketLines ToStore(DateTimeOffset now) => stored with { Lines = [.. lines], CheckedAt = now };

    /// <summary>How far it is was told, and the lines are still to be kept.</summary>
    /// <param name="saved">Null when another walk has written meanwhile: what it wrote stays.</param>
    public void Told(BucketLines? saved) => (stored, hasMoved) = (saved ?? stored, false);

    /// <summary>What was found so far is kept; what is found from here on is another change.</summary>
    /// <param name="saved">The same.</param>
    public void Kept(BucketLines? saved) =>
        (stored, hasMoved, HasChanged, FoundDrift) = (saved ?? stored, false, false, false);

    private bool MayGo(PlanLine line) => line.State == LineState.Planned && line.Wave <= waves.Open;
}

/// <summary>Reads what releases let go in a bucket before its walk, and keeps what became of it after.</summary>
public sealed class FollowReleases(
    IReleaseStore store,
    ChangeControls change,
    NoteStandstill standstill,
    CityClock clock,
    ReleaseOptions options
)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>So long after its end what it has sent is followed; then a walk reads its lines no more.</summary>
    private static readonly TimeSpan Followed = TimeSpan.FromDays(60);

    /// <summary>Costs nothing while no release is live.</summary>
    public async Task<BucketReleases> OpenAsync(Bucket bucket, Controls controls, CancellationToken cancel)
    {
        List<BucketRelease> open = [];
        var times = new ReleaseTimes(clock.City, clock.Now, controls.Policies.DueDateRunAt);
        foreach (var release in controls.Releases.Where(release => release.IsLive))
        {
            if (
                release.ExpiresAt(times) + Followed >= clock.Now.Utc
                && await store.FindLinesAsync(release.Id, bucket, cancel) is { } lines
                && await IsAsSealedAsync(release, lines, cancel)
            )
            {
                open.Add(
                    new BucketRelease(
                        release,
                        lines,
                        await WavesAsync(release, controls.Policies.DueDateRunAt, cancel),
                        lines.CheckedAt + Fresh <= clock.Now.Utc,
                        clock.Now.Today
                    )
                );
            }
        }

        return open.Count == 0 ? BucketReleases.None : new BucketReleases(open);
    }

    // Two people agreed on lines, and not on what somebody has made of them since.
    private async Task<bool> IsAsSealedAsync(Release release, BucketLines lines, CancellationToken cancel)
    {
        if (
            release.Terms.BucketSeals is not { } seals
            || seals.GetValueOrDefault(lines.Bucket.Number) == PlanSeal.OfBucket(release.Id, lines.Lines)
        )
        {
            return true;
        }

        var why =
            $"The lines of bucket {lines.Bucket.Number} are not those that were sealed: somebody has altered them";
        await change.RunAsync(new ReleaseStopped(release.Id), clock.Authority("autopay", why), cancel);
        return false;
    }

    /// <summary>
    /// After each page of a walk, so that whoever watches sees it move: the sums, and not all lines of the bucket with
    /// every page. Too much drift stops the release at once.
    /// </summary>
    public async Task TellAsync(BucketReleases releases, CancellationToken cancel)
    {
        foreach (var followed in releases.All)
        {
            if (followed.FoundDrift)
            {
                await KeepAsync(followed, cancel);
            }
            else if (followed.HasNews)
            {
                followed.Told(await store.TrySaveProgressAsync(followed.ToStore(clock.Now.Utc), cancel));
            }
        }
    }

    /// <summary>
    /// After the last page. What another walk has written meanwhile stays: it is found out anew by the next look, as is
    /// what a walk had seen that did not come to this.
    /// </summary>
    public async Task KeepAsync(BucketReleases releases, CancellationToken cancel)
    {
        foreach (var followed in releases.All.Where(followed => followed.HasChanged))
        {
            await KeepAsync(followed, cancel);
        }
    }

    private async Task KeepAsync(BucketRelease followed, CancellationToken cancel)
    {
        var hasDrifted = followed.FoundDrift;
        followed.Kept(await store.TrySaveLinesAsync(followed.ToStore(clock.Now.Utc), cancel));
        if (hasDrifted)
        {
            await StopWhenTooMuchAsync(followed.Release, cancel);
        }
    }

    // A message may come before the sweep has noted that the app was away.
    private async Task<(int Open, DateTimeOffset? Next)> WavesAsync(
        Release release,
        TimeOnly runAt,
        CancellationToken cancel
    )
    {
        var times = new ReleaseTimes(clock.City, clock.Now, runAt);
        var known = release.Terms.LastWave > 1 ? await standstill.KnownToAsync(release, cancel) : release;
        return (known.OpenWave(times), known.NextOpening(times));
    }

    private async Task StopWhenTooMuchAsync(Release release, CancellationToken cancel)
    {
        var stopped = 0;
        await foreach (var bucket in store.ReadProgressAsync(release.Id, cancel))
        {
            stopped += bucket.Stopped.Debits;
        }

        if (stopped > 1 && stopped * 100 > options.ReleaseDriftPercent * release.Terms.Debits)
        {
            var why =
                $"{stopped} of {release.Terms.Debits} debits are not what was approved: "
                + $"more than {options.ReleaseDriftPercent} %";
            await change.RunAsync(new ReleaseStopped(release.Id), clock.Authority("autopay", why), cancel);
        }
    }
}

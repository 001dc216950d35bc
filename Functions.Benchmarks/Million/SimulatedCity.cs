using System.Globalization;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Cloud;
using Autopay.Payments.Rates;
using Autopay.Storage;

namespace Autopay.Benchmarks.Million;

/// <summary>What is simulated.</summary>
/// <param name="Debits">Of the cycle that is held, cleared and released: an account with one bill each.</param>
/// <param name="OfEndpoint">Stripe's limit of one endpoint, and ours.</param>
public sealed record MillionCase(int Debits, int Instances, int OfEndpoint)
{
    /// <summary>Stripe allows a live account 100.</summary>
    public const int PerSecond = 80;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Debits:N0} debits, {Instances} instances");
}

/// <summary>A storage account, Stripe, and instances of the app, all in one virtual time.</summary>
internal sealed class SimulatedCity : IAsyncDisposable
{
    private const int AtOnce = 200;
    private static readonly DateOnly Imported = new(2020, 1, 8);

    public SimulatedCity(MillionCase wanted, VirtualTime time)
    {
        (Case, Time) = (wanted, time);
        Pace = new AzurePace(Time);
        Account = new CloudAccount(Pace);
        Stripe = new StripeSide(Time, wanted.OfEndpoint);
        var limits = new RateLimits(
            MillionCase.PerSecond,
            Math.Min(wanted.OfEndpoint, MillionCase.PerSecond),
            wanted.Instances
        );
        Instances =
        [
            .. Enumerable
                .Range(0, wanted.Instances)
                .Select(number => new SimulatedInstance(Time, Account, Stripe, limits, $"i{number}")),
        ];
    }

    public MillionCase Case { get; }

    public VirtualTime Time { get; }

    public AzurePace Pace { get; }

    public CloudAccount Account { get; }

    public StripeSide Stripe { get; }

    public IReadOnlyList<SimulatedInstance> Instances { get; }

    public SimulatedInstance First => Instances[0];

    /// <summary>Accounts with a bill and its debit, as an import leaves them; it takes no virtual time.</summary>
    public async Task FillAsync()
    {
        await First.Verb<StorageSetup>().RunAsync(CancellationToken.None);
        MoveTo(Imported);
        var books = First.Verb<AccountBooks>();
        var controls = (await books.Controls.LoadAsync(CancellationToken.None)).Controls;
        var authority = new Authority("benchmark", "a city", books.Clock.Now.Utc);
        var ids = Enumerable
            .Range(1, Case.Debits)
            .Select(number => new AccountId(number.ToString("00000000", CultureInfo.InvariantCulture)));
        await Parallel.ForEachAsync(
            ids.GroupBy(Bucket.Of),
            async (bucket, cancel) =>
            {
                foreach (var some in bucket.Chunk(AtOnce))
                {
                    await books.Writer.WriteAsync(
                        new WriteScope(bucket.Key, controls, authority),
                        [.. some.Select(OpenedAccount.Work)],
                        cancel
                    );
                }
            }
        );
    }

    public void MoveTo(DateOnly day) =>
        Time.MoveTo(First.Verb<Application.CityClock>().City.ToUtc(day, new TimeOnly(9, 0)));

    /// <summary>By one person, or by another one.</summary>
    public Task ChangeAsync(ControlChange change, string by = "benchmark") =>
        First
            .Verb<ChangeControls>()
            .RunAsync(change, new Authority(by, "a million", Time.GetUtcNow()), CancellationToken.None);

    /// <summary>Until no message is left and nobody is at one.</summary>
    public async Task QuietAsync()
    {
        do
        {
            await Time.WaitAsync(TimeSpan.FromSeconds(1));
        } while (Account.Messages > 0 || Instances.Any(instance => instance.Running > 0));
    }

    public async ValueTask DisposeAsync()
    {
        Pace.IsOn = false;
        foreach (var instance in Instances)
        {
            await instance.DisposeAsync();
        }
    }
}

using Autopay.Application.Ledgers;
using Autopay.Application.Releasing;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;

namespace Autopay.Tests.App.Releasing;

/// <summary>Walks send what two people let go, when its wave has come, and know when to come again.</summary>
public sealed class WalkedReleasesTests
{
    private static readonly Sealing InWaves = new(0, new Money(5_000), null, null);

    [Fact]
    public async Task A_walk_charges_what_was_let_go_and_writes_down_that_it_went()
    {
        await using var city = await HeldAsync(2);
        await city.ReleaseAsync(new Sealing(0, null, null, null));

        await city.WalkAsync();

        Assert.Equal(2, city.Bank.Charging.Count());
        Assert.Equal([LineState.Sent, LineState.Sent], await LinesAsync(city));
    }

    [Fact]
    public async Task What_nobody_has_let_go_stays()
    {
        await using var city = await HeldAsync(2);

        await city.WalkAsync();

        Assert.Empty(city.Bank.Charging);
    }

    [Fact]
    public async Task The_bucket_is_walked_again_when_its_next_wave_opens_and_then_that_one_goes()
    {
        await using var city = await HeldAsync(2);
        await city.ReleaseAsync(InWaves);

        await city.WalkAsync();
        Assert.Single(city.Bank.Charging);
        Assert.Equal(Six(23), (await city.RowAsync()).EarliestDue);

        city.Later(Six(23) - city.Now);
        await city.WalkAsync();

        Assert.Equal(2, city.Bank.Charging.Count());
        Assert.Equal([LineState.Sent, LineState.Sent], await LinesAsync(city));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(30)]
    public async Task Whoever_comes_first_wakes_the_bucket_the_release_or_another_debit(int due)
    {
        await using var city = await HeldAsync(1);
        await city.ReleaseAsync(new Sealing(0, null, Six(28), null));
        var other = SweptCity.InOneBucket().ElementAt(1);
        await city.EnrolAsync(other, new DateOnly(2020, 1, due));

        await city.WalkAsync();

        Assert.Empty(city.Bank.Charging);
        Assert.Equal(Six(Math.Min(due, 28)), (await city.RowAsync()).EarliestDue);
    }

    private static async Task<SweptCity> HeldAsync(int accounts)
    {
        var city = new SweptCity();
        await city.HoldAndClearAsync(accounts);
        return city;
    }

    private static async Task<IEnumerable<LineState>> LinesAsync(SweptCity city) =>
        (await city.LinesAsync()).Select(line => line.State);

    // The run of the due date, in the city's winter.
    private static DateTimeOffset Six(int day) => new(2020, 1, day, 12, 0, 0, TimeSpan.Zero);
}

namespace Autopay.Tests.App.EndToEnd;

/// <summary>I19, F32: messages are only hints. Whoever deletes all of them loses nothing after one sweep.</summary>
[Collection(RealProcesses.Name)]
public sealed class EmptiedQueuesTests
{
    [Fact]
    [Trait("Layer", "L6")]
    public async Task F32_queues_emptied_in_the_middle_of_import_and_release_lose_nothing()
    {
        await using var city = await LiveCity.StartAsync(new CityPlan(32) { Accounts = 150 });
        await city.HoldAsync();
        var lost = 0;
        foreach (var kind in new[] { "accounts", "bills" })
        {
            var import = await city.UploadAsync(kind);
            lost += await city.EmptyQueuesAsync();
            await city.ImportedAsync(import);
        }

        Assert.NotEqual(0, lost);

        city.BeginToClear();
        foreach (var calls in new[] { 30, 120, 210 })
        {
            await city.CalledAsync(calls);
            Assert.NotEqual(0, await city.EmptyQueuesAsync());
        }

        await city.AllAreAsync("submitted");
        KillTests.ThenEachIsChargedOnce(city);
        city.TheBankAnswers();
        await city.EmptyQueuesAsync();
        await city.WaitAsync(TimeSpan.FromMinutes(5));
        await city.AllAreAsync("collected");
        KillTests.ThenEachIsChargedOnce(city);
    }
}

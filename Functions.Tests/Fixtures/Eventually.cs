namespace Autopay.Tests.Fixtures;

/// <summary>Waits for a condition of something that runs by itself, and says what did not come true in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(160);

    public static Task HoldsAsync(string what, Func<bool> condition) =>
        HoldsAsync(what, () => Task.FromResult(condition()));

    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var pause = ShortestPause;
        while (!await condition())
        {
            Assert.True(
                clock.GetElapsedTime(started) < Deadline,
                $"Not within {Deadline.TotalMinutes:0} minutes: {what}."
            );
            await Task.Delay(pause, clock);
            // Who asks all the time keeps what it waits for from coming.
            pause = pause < LongestPause ? pause * 2 : pause;
        }
    }
}

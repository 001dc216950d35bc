namespace Autopay.Benchmarks.World;

/// <summary>The working set of this process at its largest while something runs.</summary>
public static class Memory
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static Task<long> MostWhileAsync(CancellationToken ended) =>
        MostWhileAsync(() => Environment.WorkingSet, ended);

    /// <summary>The same of what is measured otherwise, in bytes.</summary>
    public static async Task<long> MostWhileAsync(Func<long> measure, CancellationToken ended)
    {
        var most = measure();
        while (!ended.IsCancellationRequested)
        {
            most = Math.Max(most, measure());
            await Task.WhenAny(Task.Delay(Look, TimeProvider.System, ended));
        }

        return most;
    }

    /// <summary>What came before has left nothing behind.</summary>
    public static void Forget() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}

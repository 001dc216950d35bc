namespace Autopay.Application;

internal static class InParallel
{
    /// <summary>Results in the order of the items; at most so many are under way at once.</summary>
    public static async Task<IReadOnlyList<TResult>> SelectAsync<T, TResult>(
        IReadOnlyList<T> items,
        int atOnce,
        Func<T, Task<TResult>> select
    )
    {
        using var slots = new SemaphoreSlim(atOnce);
        return await Task.WhenAll(
            items.Select(async item =>
            {
                await slots.WaitAsync();
                try
                {
                    return await select(item);
                }
                finally
                {
                    slots.Release();
                }
            })
        );
    }
}

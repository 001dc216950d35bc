namespace Autopay.Tests;

/// <summary>
/// xunit's assertions as every test here knows them, but for this: a loop over nothing fails. What is said of all of an
/// empty list is true whatever the code does (D129). It lies in the root namespace, so that it is found before xunit's.
/// </summary>
internal sealed class Assert : Xunit.Assert
{
    private Assert() { }

    /// <summary>There are some, and each holds.</summary>
    public static new void All<T>(IEnumerable<T> collection, Action<T> action) =>
        Xunit.Assert.All(Some(collection), action);

    /// <summary>There are some, and each holds at its place.</summary>
    public static new void All<T>(IEnumerable<T> collection, Action<T, int> action) =>
        Xunit.Assert.All(Some(collection), action);

    /// <summary>There are some; they can be looped over once more.</summary>
    public static IReadOnlyList<T> Some<T>(IEnumerable<T> collection)
    {
        IReadOnlyList<T> items = [.. collection];
        NotEmpty(items);
        return items;
    }
}

using Autopay.Storage;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Storage;

public sealed class EventNamesTests
{
    private const string Approved = "Functions.Tests/App/Storage/events.txt";

    /// <summary>
    /// Histories of cities name their events: a name that leaves the list makes them unreadable. A new one is approved
    /// by running this test with AUTOPAY_WRITE_DOCS=1.
    /// </summary>
    [Fact]
    public void Every_name_of_a_stored_event_is_approved()
    {
        var names = string.Concat(EventJson.Names.Keys.Order(StringComparer.Ordinal).Select(name => name + "\n"));
        if (Environment.GetEnvironmentVariable("AUTOPAY_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, Approved), names);
        }

        Assert.Equal(SourceTree.Read(Approved), names);
    }
}

using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Rules.Cases;

/// <summary>Every folder of inputs has a test that plays it.</summary>
public sealed class CaseFoldersTests
{
    [Fact]
    public void Every_case_is_named_by_a_test()
    {
        var tests = string.Concat(SourceTree.Sources("Functions.Tests/Rules/Cases").Select(SourceTree.Read));
        var folders = Directory.GetDirectories(CaseDrill.FolderOf("")).Select(path => Path.GetFileName(path)!).ToList();
        Assert.InRange(folders.Count, 29, 60);
        Assert.DoesNotContain(folders, name => !tests.Contains($"\"{name}\"", StringComparison.Ordinal));
    }
}

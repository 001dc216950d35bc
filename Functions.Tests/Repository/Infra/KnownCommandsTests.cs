using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>
/// What the pages of operators call exists: commands of <c>az</c> by a list that is kept beside this test, requests by
/// the routes of the app. So a slip of the pen is not met at three in the morning. Nothing here asks Azure: the first
/// deployment does.
/// </summary>
public sealed partial class KnownCommandsTests
{
    private static readonly string[] Pages = ["docs/operating.md", "infra/README.md", "docs/first-deployment.md"];

    [Fact]
    public void Every_command_of_az_is_on_the_list_and_the_list_has_no_other() =>
        Assert.Equal(
            SourceTree
                .Read("Functions.Tests/Repository/Infra/az-commands.txt")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Assert
                .Some(Pages.SelectMany(CodeOf).SelectMany(code => AzPattern().Matches(code)))
                .Select(command => command.Groups[1].Value)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_request_of_a_runbook_has_a_route()
    {
        var asked = Assert.Some(
            BlockPattern()
                .Matches(Runbooks.Text)
                .SelectMany(block => RequestPattern().Matches(block.Groups[1].Value))
                .Select(request => (Method: request.Groups[1].Value, Path: request.Groups[2].Value))
        );

        Assert.All(
            asked,
            request =>
                Assert.Contains(
                    CodeFacts.Routes,
                    route => route.Method == request.Method && Fits(route.Template, request.Path)
                )
        );
        Assert.Contains(asked, request => request == ("put", "api/reconcile-before-charge"));
    }

    // "{account}" is any one part of a path.
    private static bool Fits(string template, string path) =>
        Regex.IsMatch(path, $"^{Regex.Replace(template, @"\{[^}]+\}", "[^/]+")}$");

    // Blocks, and what stands in a sentence.
    private static IEnumerable<string> CodeOf(string page)
    {
        var text = SourceTree.Read(page);
        return BlockPattern()
            .Matches(text)
            .Concat(SpanPattern().Matches(FencePattern().Replace(text, "")))
            .Select(code => code.Groups[1].Value);
    }

    [GeneratedRegex(@"^```(?:sh|bash)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex SpanPattern();

    [GeneratedRegex(@"(?<![\w-])az ([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)*)(?![\w])")]
    private static partial Regex AzPattern();

    [GeneratedRegex(@"^(get|put|post) ""?((?:api|health)/[^\s""?]+)", RegexOptions.Multiline)]
    private static partial Regex RequestPattern();
}

using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;

namespace Autopay.Tests.App.Finance;

/// <summary>A page goes on for whom, and of what, it began.</summary>
public sealed class PageTokenTests
{
    [Fact]
    public void A_token_that_comes_in_a_body_is_of_the_list_that_the_body_says()
    {
        var ann = RequestOf("ann");
        var token = PageTokens.Seal(ann, "N-1", "2020-02-21");

        Assert.Equal("N-1", PageTokens.Open(ann, token, "2020-02-21"));
        Assert.Null(PageTokens.Open(ann, null, "2020-02-21"));
        Assert.Throws<BadRequestException>(() => PageTokens.Open(ann, token, "2020-02-22"));
        Assert.Throws<BadRequestException>(() => PageTokens.Open(ann, token));
        Assert.Throws<BadRequestException>(() => PageTokens.Open(RequestOf("bob"), token, "2020-02-21"));
        Assert.Throws<BadRequestException>(() => PageTokens.Open(ann, "N-1", "2020-02-21"));
    }

    private static HttpRequest RequestOf(string who)
    {
        var http = new DefaultHttpContext();
        http.Request.Path = "/api/notices/letters";
        new Caller(who, new HashSet<Role>()).KeepIn(http);
        return http.Request;
    }
}

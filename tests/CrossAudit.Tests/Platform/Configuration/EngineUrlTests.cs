using CrossAudit.Server.Platform.Configuration;
using Npgsql;

namespace CrossAudit.Tests.Platform.Configuration;

public sealed class EngineUrlTests
{
    [Theory]
    [InlineData("postgresql://ada:secret@db.example.org:6432/audit")]
    [InlineData("postgres://ada:secret@db.example.org:6432/audit")]
    [InlineData("postgresql+asyncpg://ada:secret@db.example.org:6432/audit")]
    public void A_database_url_is_read_in_each_of_its_forms(string url)
    {
        var read = new NpgsqlConnectionStringBuilder(PostgresUrl.ToConnectionString(url));

        Assert.Equal(("db.example.org", 6432, "audit", "ada", "secret"), (read.Host, read.Port, read.Database, read.Username, read.Password));
    }

    [Fact]
    public void What_a_url_leaves_out_is_the_usual()
    {
        var read = new NpgsqlConnectionStringBuilder(PostgresUrl.ToConnectionString("postgresql://ada@db/audit"));

        Assert.Equal((5432, "ada", null), (read.Port, read.Username, read.Password));
    }

    [Fact]
    public void Escapes_are_undone_and_parameters_passed_on()
    {
        var read = new NpgsqlConnectionStringBuilder(PostgresUrl.ToConnectionString("postgresql://a%40da:p%2Fw%3A%23%3B'@db/my%20audit?sslmode=require&pool_size=7"));

        Assert.Equal(("a@da", "p/w:#;'", "my audit"), (read.Username, read.Password, read.Database));
        Assert.Equal((SslMode.Require, 7), (read.SslMode, read.MaxPoolSize));
    }

    [Theory]
    [InlineData("redis://cache", "cache:6379", 0, false, null, null)]
    [InlineData("redis://cache:6380/3", "cache:6380", 3, false, null, null)]
    [InlineData("rediss://ada:p%40ss@cache", "cache:6379", 0, true, "ada", "p@ss")]
    [InlineData("redis://:p%2Css@cache", "cache:6379", 0, false, null, "p,ss")]
    public void A_redis_url_is_read(string url, string endPoint, int database, bool tls, string? user, string? password)
    {
        var read = RedisUrl.Parse(url);

        Assert.Equal((database, tls, user, password), (read.DefaultDatabase, read.Ssl, read.User, read.Password));
        Assert.EndsWith(endPoint, Assert.Single(read.EndPoints).ToString(), StringComparison.Ordinal);
    }
}

using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace CrossAudit.Tests.Engines;

public sealed class S3EngineTests(EngineSet engines)
{
    [Fact]
    public async Task An_object_put_is_read_back()
    {
        using var client = Client(await engines.S3Async());

        Assert.Equal("kept", await PutAndGetAsync(client, "engine-test"));
    }

    [Fact]
    public async Task A_stopped_engine_refuses_and_a_resumed_one_still_has_the_object()
    {
        _ = await engines.S3Async();
        await using var own = await S3Engine.StartAsync();
        using var client = Client(own);
        await PutAndGetAsync(client, "survivor");

        await own.StopAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PutAndGetAsync(client, "refused"));

        await own.ResumeAsync();
        using var found = await client.GetObjectAsync(S3Engine.Bucket, "survivor", TestContext.Current.CancellationToken);
        Assert.Equal(4, found.ContentLength);
    }

    private static async Task<string> PutAndGetAsync(AmazonS3Client client, string key)
    {
        // The look-alike stores a body sent in signed chunks as it came, signatures and all; the SDK sends one unless told not to.
        var put = new PutObjectRequest { BucketName = S3Engine.Bucket, Key = key, ContentBody = "kept", UseChunkEncoding = false };
        await client.PutObjectAsync(put, TestContext.Current.CancellationToken);
        using var found = await client.GetObjectAsync(S3Engine.Bucket, key, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(found.ResponseStream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static AmazonS3Client Client(S3Engine s3) => new(
        new BasicAWSCredentials(S3Engine.AccessKey, S3Engine.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = $"http://{s3.Endpoint}",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            // The look-alike does not know the checksums that newer SDKs add by themselves.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
}

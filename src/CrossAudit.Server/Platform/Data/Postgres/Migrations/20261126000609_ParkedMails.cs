using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ParkedMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_created_at",
                table: "outgoing_mails",
                column: "created_at",
                filter: "failure IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outgoing_mails_created_at",
                table: "outgoing_mails");
        }
    }
}

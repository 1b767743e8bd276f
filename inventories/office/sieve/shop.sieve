require ["fileinto", "mailbox"];

# What machines tell about themselves waits in a folder of its own.
if header :is "auto-submitted" "auto-generated" {
    fileinto :create "Machines";
}

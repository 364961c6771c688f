"""`smsdeskctl`, the face without a window: docs/cli.md is its contract.

    main        builds the commands that a call needs, and turns what goes wrong into a sentence and an exit status
    call        what every command is given: the common options, before the command or after it
    output      one JSON document, or text and tables for people
    opening     the store and the passwords
    stopping    Ctrl-C and SIGTERM as an event
    progress    a bar on standard error
    shown       values as JSON and as text
    faults      the log file

and a module for each group of commands.
"""

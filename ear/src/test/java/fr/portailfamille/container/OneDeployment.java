package fr.portailfamille.container;

import java.util.function.Consumer;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.container.spi.client.deployment.Deployment;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentScenario;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.container.spi.event.DeploymentEvent;
import org.jboss.arquillian.container.spi.event.UnDeployDeployment;
import org.jboss.arquillian.container.spi.event.container.AfterStart;
import org.jboss.arquillian.container.spi.event.container.BeforeStop;
import org.jboss.arquillian.container.test.impl.client.deployment.event.GenerateDeployment;
import org.jboss.arquillian.core.api.Event;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.arquillian.test.spi.annotation.ClassScoped;
import org.jboss.arquillian.test.spi.context.ClassContext;
import org.jboss.arquillian.test.spi.event.suite.AfterClass;
import org.jboss.arquillian.test.spi.event.suite.BeforeClass;

/** Deploys {@link TestedArchive} once for all test classes; Arquillian by itself deploys it again for each. */
public final class OneDeployment implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Deployer.class);
    }

    /** Arquillian makes it and keeps it for the whole run. */
    public static final class Deployer {
        @Inject
        @ClassScoped
        private InstanceProducer<DeploymentScenario> scenarioOfClass;

        @Inject
        private Event<DeploymentEvent> deployments;

        @Inject
        private Event<GenerateDeployment> generation;

        @Inject
        private Instance<ClassContext> classes;

        private DeploymentScenario shared;

        public void deploy(@Observes AfterStart event, ContainerRegistry registry) {
            inScopeOfArchive(() -> {
                generation.fire(new GenerateDeployment(new TestClass(TestedArchive.class)));
                shared = scenarioOfClass.get();
                forEach(registry, (container, deployment) -> new DeployDeployment(container, deployment));
            });
        }

        public void undeploy(@Observes BeforeStop event, ContainerRegistry registry) {
            inScopeOfArchive(
                    () -> forEach(registry, (container, deployment) -> new UnDeployDeployment(container, deployment)));
        }

        /** Does not proceed: going on would look for a deployment in the test class. */
        public void enterClass(@Observes EventContext<BeforeClass> event) {
            scenarioOfClass.set(shared);
        }

        public void leaveClass(@Observes EventContext<AfterClass> event) {
            // Going on would undeploy.
        }

        private interface Step {
            DeploymentEvent on(Container container, Deployment deployment);
        }

        private void forEach(ContainerRegistry registry, Step step) {
            Consumer<Deployment> fire = deployment -> deployments.fire(
                    step.on(registry.getContainer(deployment.getDescription().getTarget()), deployment));
            shared.deployments().forEach(fire);
        }

        private void inScopeOfArchive(Runnable work) {
            classes.get().activate(TestedArchive.class);
            try {
                work.run();
            } finally {
                classes.get().deactivate();
            }
        }
    }
}
